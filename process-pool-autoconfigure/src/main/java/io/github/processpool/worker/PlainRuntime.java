package io.github.processpool.worker;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.processpool.ProcessPoolException;
import io.github.processpool.protocol.MethodCoordinates;
import io.github.processpool.protocol.SettingNames;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks without any context. A static method is called as it is, another one on an
 * instance that is made once per worker by the class's constructor without parameters.
 */
public final class PlainRuntime implements WorkerRuntime {

	private final Map<MethodCoordinates, Method> methods = new ConcurrentHashMap<>();

	private final Map<String, Object> instances = new ConcurrentHashMap<>();

	@Override
	public void start(byte[] settings) {
	}

	@Override
	public ClassLoader classLoader() {
		ClassLoader loader = Thread.currentThread().getContextClassLoader();
		return (loader != null) ? loader : getClass().getClassLoader();
	}

	@Override
	public @Nullable Object invoke(MethodCoordinates target, @Nullable Object[] arguments) throws Throwable {
		Method method = this.methods.get(target);
		if (method == null) {
			method = find(target);
			this.methods.put(target, method);
		}
		Object instance = (Modifier.isStatic(method.getModifiers())) ? null : instance(target);
		try {
			return method.invoke(instance, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private Method find(MethodCoordinates target) throws ClassNotFoundException {
		Method method = TargetMethods.find(target, classLoader())
			.orElseThrow(() -> new ProcessPoolException(
					"Method '" + target.methodName() + target.descriptor() + "' does not exist in " + target.className()
							+ " of the worker: application and worker have different class paths. "
							+ "Rebuild the application and start it again"));
		method.setAccessible(true);
		return method;
	}

	private Object instance(MethodCoordinates target) throws Throwable {
		Object instance = this.instances.get(target.className());
		if (instance == null) {
			instance = create(target);
			this.instances.put(target.className(), instance);
		}
		return instance;
	}

	private Object create(MethodCoordinates target) throws Throwable {
		Class<?> type = Class.forName(target.className(), true, classLoader());
		try {
			Constructor<?> constructor = type.getDeclaredConstructor();
			constructor.setAccessible(true);
			return constructor.newInstance();
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
		catch (NoSuchMethodException | InstantiationException ex) {
			throw new ProcessPoolException(
					"Bean '" + target.beanName() + "' cannot be made in a worker without a context: " + type.getName()
							+ " has no constructor without parameters or is abstract. "
							+ "Give it one, make the method static, or " + withContext(),
					ex);
		}
	}

	private static String withContext() {
		SettingNames settings = SettingNames.ofThisWorker();
		return settings.areProperties()
				? "set " + settings.of("worker.context") + " to 'application' or 'configuration'"
				: "use a pool that is defined by properties, whose workers have the beans";
	}

	@Override
	public void close() {
	}

}
