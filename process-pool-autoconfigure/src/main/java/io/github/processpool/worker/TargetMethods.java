package io.github.processpool.worker;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Optional;

import io.github.processpool.protocol.MethodCoordinates;
import org.jspecify.annotations.Nullable;

/**
 * Finds the methods that coordinates stand for.
 */
public final class TargetMethods {

	private TargetMethods() {
	}

	/**
	 * Finds a method.
	 * @param target the method
	 * @param classLoader class loader of the application
	 * @return the method, or nothing if its class has no such method
	 * @throws ClassNotFoundException if there is no such class
	 */
	public static Optional<Method> find(MethodCoordinates target, @Nullable ClassLoader classLoader)
			throws ClassNotFoundException {
		for (Method method : Class.forName(target.className(), false, classLoader).getDeclaredMethods()) {
			MethodType signature = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
			if (method.getName().equals(target.methodName())
					&& signature.toMethodDescriptorString().equals(target.descriptor())) {
				return Optional.of(method);
			}
		}
		return Optional.empty();
	}

	/**
	 * What messages call an argument.
	 * @param target the method
	 * @param index index of the argument
	 * @param classLoader class loader of the application
	 * @return such as {@code parameter 'name'}
	 */
	static String argumentName(MethodCoordinates target, int index, ClassLoader classLoader) {
		try {
			Optional<Method> method = find(target, classLoader);
			if (method.isPresent() && index < method.get().getParameterCount()) {
				return "parameter '" + method.get().getParameters()[index].getName() + "'";
			}
		}
		catch (ClassNotFoundException | LinkageError ex) {
			// The call will fail with it
		}
		return "argument " + (index + 1);
	}

}
