package io.github.processpool.worker.context;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopContext;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * What {@link AopContext#currentProxy()} returns; only Spring's own proxies can set it.
 */
final class ExposedProxy {

	private static final Method SETTER = setter();

	private ExposedProxy() {
	}

	private static Method setter() {
		Method setter = ReflectionUtils.findMethod(AopContext.class, "setCurrentProxy", Object.class);
		Assert.state(setter != null, "AopContext has no method setCurrentProxy");
		ReflectionUtils.makeAccessible(setter);
		return setter;
	}

	static @Nullable Object set(@Nullable Object proxy) {
		return ReflectionUtils.invokeMethod(SETTER, null, proxy);
	}

}
