package io.github.processpool.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import io.github.processpool.codec.ThrowablePlaceholder.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Writes one exception without the others, which become nodes of their own, and without
 * what is in its node anyway. What cannot be serialised is written as {@code null}: the
 * exception is worth more than that field.
 */
final class ThrowableObjectOutput extends ObjectOutputStream {

	/** The first placeholder of a stream takes about as much. */
	private static final int LONG_MESSAGE = 256;

	private final ThrowableEncoder encoder;

	private final Throwable owner;

	private final @Nullable Throwable cause;

	private final @Nullable String message;

	private final StackTraceElement @Nullable [] frames;

	private @Nullable Object root;

	private @Nullable Set<Throwable> suppressed;

	ThrowableObjectOutput(OutputStream out, ThrowableEncoder encoder, Throwable owner, @Nullable Throwable cause,
			@Nullable String message, StackTraceElement @Nullable [] frames) throws IOException {
		super(out);
		this.encoder = encoder;
		this.owner = owner;
		this.cause = cause;
		this.message = message;
		this.frames = frames;
		enableReplaceObject(true);
	}

	@Override
	protected @Nullable Object replaceObject(Object object) throws IOException {
		if (this.root == null) {
			// The exception, or what its writeReplace makes of it
			this.root = object;
			return object;
		}
		if (object instanceof Throwable throwable) {
			return (throwable != this.owner) ? replaceThrowable(throwable) : throwable;
		}
		if (object instanceof String string) {
			return (this.message != null && string.length() >= LONG_MESSAGE && string.equals(this.message))
					? new ThrowablePlaceholder(Kind.MESSAGE, 0) : string;
		}
		if (object instanceof StackTraceElement[] array) {
			// One element alone may mark a stack trace that cannot be set
			return (array.length > 1 && Arrays.equals(array, this.frames)) ? new ThrowablePlaceholder(Kind.FRAMES, 0)
					: array;
		}
		return (object instanceof Serializable) ? object : null;
	}

	private @Nullable Object replaceThrowable(Throwable throwable) throws IOException {
		boolean open = this.encoder.isOpen(throwable);
		if (open && throwable == this.cause) {
			// A cause of itself is one that can still be set
			return this.root;
		}
		int number = open ? ThrowableNode.NONE : this.encoder.visit(throwable);
		if (number != ThrowableNode.NONE) {
			return new ThrowablePlaceholder(Kind.THROWABLE, number);
		}
		if (!suppressed().contains(throwable)) {
			return null;
		}
		// Among suppressed exceptions, a null makes the whole exception unreadable
		return open ? new ThrowablePlaceholder(Kind.THROWABLE, this.encoder.standIn(throwable))
				: new ThrowablePlaceholder(Kind.OMITTED, 0);
	}

	private Set<Throwable> suppressed() {
		Set<Throwable> known = this.suppressed;
		if (known == null) {
			known = Collections.newSetFromMap(new IdentityHashMap<>());
			known.addAll(ThrowableEncoder.suppressed(this.owner));
			this.suppressed = known;
		}
		return known;
	}

}
