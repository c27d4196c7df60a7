package io.github.processpool.worker;

import java.lang.reflect.Proxy;

/**
 * Signals of the operating system, by reflection: the compiler warns of these classes
 * whatever is done. Where the platform or the JVM has none, nothing happens.
 */
final class Signals {

	private Signals() {
	}

	/**
	 * Makes a signal have no effect.
	 */
	static void ignore(String name) {
		try {
			Class<?> signal = Class.forName("sun.misc.Signal");
			Class<?> handler = Class.forName("sun.misc.SignalHandler");
			Object nothing = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] { handler },
					(proxy, method, args) -> switch (method.getName()) {
						case "equals" -> proxy == args[0];
						case "hashCode" -> System.identityHashCode(proxy);
						case "toString" -> "ignore";
						default -> null;
					});
			signal.getMethod("handle", signal, handler)
				.invoke(null, signal.getConstructor(String.class).newInstance(name), nothing);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			// The signal does what it did before
		}
	}

}
