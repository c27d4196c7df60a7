package io.github.processpool.codec;

import java.io.NotSerializableException;

import io.github.processpool.ProcessWorker;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.protocol.PayloadTooLargeException;
import io.github.processpool.protocol.SettingNames;
import org.jspecify.annotations.Nullable;

/**
 * Says which value of which task failed, why, and what to do about it.
 */
final class ValueFailure {

	private ValueFailure() {
	}

	static TaskSerializationException writing(String task, String name, @Nullable Object value, Throwable failure,
			boolean anyClass, SettingNames settings) {
		String start = "Task '" + task + "': " + name;
		if (failure instanceof PayloadTooLargeException tooLarge) {
			return new TaskSerializationException(start + " does not fit into " + tooLarge.getLimit() + " bytes. Raise "
					+ settings.of("max-payload-size") + ", or send less.", failure);
		}
		if (failure instanceof NotSerializableException) {
			String className = String.valueOf(failure.getMessage());
			return new TaskSerializationException(start + " cannot be sent: " + className + " is not Serializable"
					+ path(name, value, className, anyClass) + ". Make it Serializable, or pass a value that is.",
					failure);
		}
		if (failure instanceof StreamRefusedException refused) {
			String className = refused.refusedClass();
			String rest = (className != null) ? path(name, value, className, anyClass) + ". Add it to "
					+ settings.of("serialization.allow") + " if it may be sent." : ".";
			return new TaskSerializationException(start + " cannot be sent: " + refused.getMessage() + rest, failure);
		}
		if (failure instanceof StackOverflowError) {
			return new TaskSerializationException(start + " cannot be sent: its objects are nested too deeply "
					+ "for the stack of this thread. Pass a flatter value.", failure);
		}
		return new TaskSerializationException(start + " cannot be sent: writing it failed with " + text(failure),
				failure);
	}

	private static String path(String name, @Nullable Object value, String className, boolean anyClass) {
		String path = (value != null) ? UnserializablePath.find(value, rootOf(name), className, anyClass) : null;
		return (path != null) ? " (" + path + ")" : "";
	}

	/**
	 * {@code request} of {@code parameter 'request'}, {@code result} of
	 * {@code the result}, {@code task} of {@code the task itself}.
	 */
	private static String rootOf(String name) {
		int start = name.indexOf('\'');
		int end = name.lastIndexOf('\'');
		return (start >= 0 && end > start + 1) ? name.substring(start + 1, end)
				: name.replace(" itself", "").substring(name.indexOf(' ') + 1);
	}

	static TaskSerializationException reading(String task, String name, Throwable failure, SettingNames settings) {
		String start = "Task '" + task + "': " + name + " cannot be read: ";
		if (failure instanceof StreamRefusedException refused) {
			String remedy = (refused.refusedClass() != null)
					? ". Add it to " + settings.of("serialization.allow") + " if it may be deserialised." : ".";
			return new TaskSerializationException(start + refused.getMessage() + remedy, failure);
		}
		if (failure instanceof ClassNotFoundException) {
			return new TaskSerializationException(start + "class " + failure.getMessage()
					+ " is not on the class path of " + here() + ". Put it there, or pass a value of another class.",
					failure);
		}
		if (failure instanceof StackOverflowError) {
			return new TaskSerializationException(start + "its objects are nested too deeply "
					+ "for the stack of this thread. Pass a flatter value.", failure);
		}
		return new TaskSerializationException(start + "that failed with " + text(failure), failure);
	}

	static TaskSerializationException damaged(String task, DamagedBodyException failure) {
		return new TaskSerializationException(
				"Task '" + task + "': its values cannot be read: the data is damaged at " + failure.getMessage(),
				failure);
	}

	/**
	 * Both sides say the same of a class that is missing, and the user has to know which.
	 */
	static String here() {
		return ProcessWorker.isActive() ? "the worker" : "the application";
	}

	/** Code of an application's exception may fail as well. */
	static String text(Throwable failure) {
		try {
			return failure.toString();
		}
		catch (Throwable ex) {
			return failure.getClass().getName();
		}
	}

}
