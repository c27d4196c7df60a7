package io.github.processpool.aop;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.github.processpool.TaskOptions;
import io.github.processpool.protocol.MethodCoordinates;

import org.springframework.util.ClassUtils;

/**
 * What is known about a deferred method before it is called.
 *
 * @param method the most specific method
 * @param descriptor its JVM descriptor
 * @param parameters its parameters
 * @param returnKind what its caller gets
 * @param interruptible whether its caller has to expect an {@link InterruptedException}
 * @param pool name of the pool that runs it
 * @param options what it asks of the pool
 * @param coordinates where workers find it, by the names of the beans that have it
 */
record DeferredMethod(Method method, String descriptor, Parameter[] parameters, ReturnKind returnKind,
		boolean interruptible, String pool, TaskOptions options, Map<String, MethodCoordinates> coordinates) {

	static DeferredMethod of(Method specific, Method called, Class<?> returnType, String pool, TaskOptions options) {
		String descriptor = MethodType.methodType(specific.getReturnType(), specific.getParameterTypes())
			.toMethodDescriptorString();
		boolean interruptible = Arrays.stream(called.getExceptionTypes())
			.anyMatch((type) -> type.isAssignableFrom(InterruptedException.class));
		return new DeferredMethod(specific, descriptor, specific.getParameters(), ReturnKind.of(returnType),
				interruptible, pool, options, new ConcurrentHashMap<>());
	}

	MethodCoordinates coordinates(String beanName) {
		MethodCoordinates known = this.coordinates.get(beanName);
		if (known == null) {
			known = new MethodCoordinates(beanName, this.method.getDeclaringClass().getName(), this.method.getName(),
					this.descriptor);
			this.coordinates.put(beanName, known);
		}
		return known;
	}

	String describe() {
		return describe(this.method);
	}

	static String describe(Method method) {
		return Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ", ClassUtils.getShortName(method.getDeclaringClass()).replace('$', '.')
					+ "." + method.getName() + "(", ")"));
	}

}
