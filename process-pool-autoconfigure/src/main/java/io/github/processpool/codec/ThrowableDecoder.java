package io.github.processpool.codec;

import java.io.StreamCorruptedException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.github.processpool.RemoteTaskException;
import io.github.processpool.protocol.SettingNames;

/**
 * Rebuilds the exceptions of an envelope, each after those that it refers to. One that
 * cannot be rebuilt is replaced by a {@link RemoteTaskException}. For one use by one
 * thread.
 */
final class ThrowableDecoder {

	private final List<ThrowableNode> nodes;

	private final Throwable[] rebuilt;

	private final Predicate<Class<?>> allowed;

	private final ClassLoader classLoader;

	private final SettingNames settings;

	ThrowableDecoder(List<ThrowableNode> nodes, TypeFilter filter, ClassLoader classLoader) {
		this.nodes = nodes;
		this.rebuilt = new Throwable[nodes.size()];
		this.classLoader = classLoader;
		this.settings = filter.settings();
		this.allowed = (type) -> Throwable.class.isAssignableFrom(type) || ThrowablePlaceholder.isPart(type)
				|| filter.allows(type);
	}

	Throwable decode() {
		for (int i = 0; i < this.rebuilt.length; i++) {
			this.rebuilt[i] = rebuild(i);
		}
		for (int i = 0; i < this.rebuilt.length; i++) {
			int cause = this.nodes.get(i).cause();
			if (cause > i) {
				restoreCause(this.rebuilt[i], this.rebuilt[cause]);
			}
		}
		return this.rebuilt[this.rebuilt.length - 1];
	}

	private Throwable rebuild(int number) {
		ThrowableNode node = this.nodes.get(number);
		Throwable throwable = null;
		String lack = node.lack();
		byte[] object = node.object();
		if (object != null) {
			try {
				throwable = read(node, number, object);
			}
			catch (Throwable ex) {
				lack = reasonOf(ex, node.className());
			}
		}
		if (throwable == null) {
			throwable = standIn(node, number, (lack != null) ? lack : "it came without its fields");
		}
		restore(throwable, node, number);
		return throwable;
	}

	private Throwable read(ThrowableNode node, int number, byte[] object) throws Throwable {
		try {
			return read(node, number, object, false);
		}
		catch (ClassCastException ex) {
			// A field of a narrower type cannot take a RemoteTaskException
			return read(node, number, object, true);
		}
	}

	private Throwable read(ThrowableNode node, int number, byte[] object, boolean withoutStandIns) throws Throwable {
		StreamFilter filter = new StreamFilter(this.allowed, object.length);
		ThrowableObjectInput in = new ThrowableObjectInput(object, this.classLoader, filter, node, (index) -> {
			if (index < 0 || index >= number) {
				throw new StreamCorruptedException("a reference to exception " + index);
			}
			boolean needed = (index == node.cause() || node.suppressed().contains(index));
			return (withoutStandIns && !needed && this.rebuilt[index] instanceof RemoteTaskException) ? null
					: this.rebuilt[index];
		});
		if (in.readChecked() instanceof Throwable throwable) {
			return throwable;
		}
		throw new StreamCorruptedException("no exception");
	}

	private RemoteTaskException standIn(ThrowableNode node, int number, String lack) {
		int cause = node.cause();
		Throwable rebuiltCause = (cause != ThrowableNode.NONE && cause < number) ? this.rebuilt[cause] : null;
		String trace = StackTraceText.of(this.nodes, number);
		String message = node.headline() + " (" + lack + ")";
		return new RemoteTaskException(message, rebuiltCause, node.className(), node.message(), trace);
	}

	private void restore(Throwable throwable, ThrowableNode node, int number) {
		try {
			if (node.frames() != null) {
				throwable.setStackTrace(node.frames());
			}
			int cause = node.cause();
			if (cause != ThrowableNode.NONE && cause < number) {
				restoreCause(throwable, this.rebuilt[cause]);
			}
			Set<Throwable> present = Collections.newSetFromMap(new IdentityHashMap<>());
			present.addAll(List.of(throwable.getSuppressed()));
			for (int suppressed : node.suppressed()) {
				if (this.rebuilt[suppressed] != throwable && present.add(this.rebuilt[suppressed])) {
					throwable.addSuppressed(this.rebuilt[suppressed]);
				}
			}
		}
		catch (Throwable ex) {
			// Its methods may be overridden by anything
		}
	}

	private static void restoreCause(Throwable throwable, Throwable cause) {
		try {
			if (throwable.getCause() == null && throwable != cause) {
				throwable.initCause(cause);
			}
		}
		catch (Throwable ex) {
			// The exception does not take one
		}
	}

	private String reasonOf(Throwable failure, String className) {
		if (failure instanceof StreamRefusedException) {
			return failure.getMessage() + "; add it to " + this.settings.of("serialization.allow");
		}
		if (failure instanceof ClassNotFoundException) {
			String missing = String.valueOf(failure.getMessage());
			return (missing.equals(className) ? "its class" : "class " + missing) + " is not on the class path of "
					+ ValueFailure.here();
		}
		return "it cannot be rebuilt: " + ValueFailure.text(failure);
	}

}
