package io.github.processpool.aop;

import java.lang.reflect.Method;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;

/**
 * Finds the method of an interface that a method implements, also where type variables
 * make their signatures differ and where the class that declares the method does not know
 * the interface.
 */
final class InterfaceMethods {

	private InterfaceMethods() {
	}

	/**
	 * Looks for the interface's method.
	 * @param specific the most specific method of a class
	 * @param targetClass class of the bean
	 * @param condition what the interface's method has to satisfy
	 * @return a method of one of its interfaces, or {@code null} if none has it
	 */
	static @Nullable Method find(Method specific, Class<?> targetClass, Predicate<Method> condition) {
		for (Class<?> type : ClassUtils.getAllInterfacesForClassAsSet(targetClass)) {
			for (Method method : type.getMethods()) {
				if (method.getName().equals(specific.getName())
						&& method.getParameterCount() == specific.getParameterCount() && condition.test(method)
						&& AopUtils.getMostSpecificMethod(method, targetClass).equals(specific)) {
					return method;
				}
			}
		}
		return null;
	}

}
