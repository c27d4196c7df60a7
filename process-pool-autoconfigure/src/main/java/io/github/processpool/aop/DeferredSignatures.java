package io.github.processpool.aop;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;

/**
 * The types that deferred methods name in their signatures, by which an application says
 * what crosses between the JVMs.
 */
public final class DeferredSignatures {

	private final ConfigurableListableBeanFactory beanFactory;

	private final DeferredMethods methods;

	public DeferredSignatures(ConfigurableListableBeanFactory beanFactory, DeferredMethods methods) {
		this.beanFactory = beanFactory;
		this.methods = methods;
	}

	/**
	 * Collects the types in the signatures of a pool's methods: parameters, results and
	 * declared exceptions, with their type arguments.
	 * @param pool name of the pool
	 * @return names of classes, sorted
	 */
	public Set<String> typesOf(String pool) {
		Set<String> types = new TreeSet<>();
		for (DeferredBeans.DeferredBean bean : new DeferredBeans(this.beanFactory, this.methods).scan()) {
			for (Method method : bean.methods()) {
				if (runsIn(pool, bean, method)) {
					collect(method, bean.type(), types);
				}
			}
		}
		return types;
	}

	/**
	 * Collects the beans that have methods of a pool.
	 * @param pool name of the pool
	 * @return names of beans
	 */
	public Set<String> beansOf(String pool) {
		Set<String> beans = new TreeSet<>();
		for (DeferredBeans.DeferredBean bean : new DeferredBeans(this.beanFactory, this.methods).scan()) {
			if (bean.methods().stream().anyMatch((method) -> runsIn(pool, bean, method))) {
				beans.add(bean.name());
			}
		}
		return beans;
	}

	private boolean runsIn(String pool, DeferredBeans.DeferredBean bean, Method method) {
		AttributeReader.Problems ignored = (problem, remedy) -> {
			// the validator reports it
		};
		return this.methods.annotation(method, bean.type())
			.map((annotation) -> this.methods.attributes().pool(annotation, ignored))
			.filter(pool::equals)
			.isPresent();
	}

	private static void collect(Method method, Class<?> beanType, Set<String> types) {
		for (int i = 0; i < method.getParameterCount(); i++) {
			MethodParameter parameter = new MethodParameter(method, i).withContainingClass(beanType);
			collect(ResolvableType.forMethodParameter(parameter), types);
		}
		collect(ResolvableType.forMethodReturnType(method, beanType), types);
		Arrays.stream(method.getExceptionTypes()).map(ResolvableType::forClass).forEach((type) -> collect(type, types));
	}

	private static void collect(ResolvableType type, Set<String> types) {
		if (type.isArray()) {
			collect(type.getComponentType(), types);
			return;
		}
		Class<?> raw = type.resolve();
		if (raw != null && !raw.isPrimitive() && raw != Object.class && types.add(raw.getName())
				|| type.hasGenerics()) {
			for (ResolvableType argument : type.getGenerics()) {
				if (argument != type) {
					collect(argument, types);
				}
			}
		}
	}

}
