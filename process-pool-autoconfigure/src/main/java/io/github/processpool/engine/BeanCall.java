package io.github.processpool.engine;

import java.lang.reflect.Parameter;

import io.github.processpool.ProcessTask;
import io.github.processpool.protocol.MethodCoordinates;
import org.jspecify.annotations.Nullable;

/**
 * A call of a bean's deferred method, as a task. The pool sends coordinates and
 * arguments, never the bean; calling the task itself runs it in place.
 */
public final class BeanCall implements ProcessTask<@Nullable Object> {

	private static final long serialVersionUID = 1L;

	private final transient MethodCoordinates target;

	private final transient @Nullable Object[] arguments;

	private final transient Parameter[] parameters;

	private final transient Local local;

	/**
	 * Creates a call.
	 * @param target the method
	 * @param arguments its arguments
	 * @param parameters its parameters, for messages
	 * @param local how to call it in this JVM
	 */
	public BeanCall(MethodCoordinates target, @Nullable Object[] arguments, Parameter[] parameters, Local local) {
		this.target = target;
		this.arguments = arguments;
		this.parameters = parameters;
		this.local = local;
	}

	MethodCoordinates target() {
		return this.target;
	}

	@Nullable Object[] arguments() {
		return this.arguments;
	}

	/**
	 * Name of an argument in messages.
	 * @param index its index
	 * @return such as {@code parameter 'name'}
	 */
	String argumentName(int index) {
		return (index < this.parameters.length) ? "parameter '" + this.parameters[index].getName() + "'"
				: "argument " + (index + 1);
	}

	Local local() {
		return this.local;
	}

	@Override
	public @Nullable Object call() throws Exception {
		try {
			return this.local.invoke(this.arguments);
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Object writeReplace() throws java.io.NotSerializableException {
		throw new java.io.NotSerializableException(
				"the call of " + this.target.describe() + " can only be submitted to a pool of this library");
	}

	/**
	 * Calls the method in this JVM.
	 */
	@FunctionalInterface
	public interface Local {

		/**
		 * Calls the method.
		 * @param arguments its arguments
		 * @return what it returns
		 * @throws Throwable what it throws
		 */
		@Nullable Object invoke(@Nullable Object[] arguments) throws Throwable;

	}

}
