package io.github.processpool.worker.context;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * The {@code main} method of an application.
 */
public final class MainMethod {

	/**
	 * Programs that run applications of others: their {@code main} is not the
	 * application's.
	 */
	private static final List<String> LAUNCHERS = List.of("java.", "jdk.", "sun.", "com.sun.", "org.apache.maven.",
			"org.apache.catalina.", "org.junit.", "org.testng.", "com.intellij.", "org.eclipse.jdt.", "org.gradle.",
			"worker.org.gradle.", "org.springframework.boot.loader.", "org.eclipse.jetty.",
			"io.github.processpool.worker.WorkerMain");

	private final Method method;

	private MainMethod(Method method) {
		this.method = method;
	}

	/**
	 * Finds the {@code main} method of a class.
	 * @param type what is taken for the main class of an application
	 * @return its method, or {@code null} if there is none or the class belongs to a tool
	 */
	public static @Nullable MainMethod find(Class<?> type) {
		if (LAUNCHERS.stream().anyMatch(type.getName()::startsWith)) {
			return null;
		}
		Method method = ReflectionUtils.findMethod(type, "main", String[].class);
		if (method == null) {
			method = ReflectionUtils.findMethod(type, "main");
		}
		return (method != null && Modifier.isStatic(method.getModifiers())) ? new MainMethod(method) : null;
	}

	/**
	 * Runs the application.
	 * @param arguments its arguments
	 * @throws Throwable what it throws
	 */
	void run(String[] arguments) throws Throwable {
		ReflectionUtils.makeAccessible(this.method);
		try {
			if (this.method.getParameterCount() == 0) {
				this.method.invoke(null);
			}
			else {
				this.method.invoke(null, (Object) arguments);
			}
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	@Override
	public String toString() {
		return this.method.getDeclaringClass().getName() + "." + this.method.getName();
	}

}
