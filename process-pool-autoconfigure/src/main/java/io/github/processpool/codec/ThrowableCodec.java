package io.github.processpool.codec;

import java.util.List;

import io.github.processpool.RemoteTaskException;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.PayloadOutput;
import io.github.processpool.protocol.PayloadTooLargeException;

/**
 * Exceptions to bytes and back, with fields, causes and suppressed exceptions. Each
 * exception travels as plain data and, where it can be serialised, as an object of its
 * own. Rebuilt, it is of the same class; where that class is missing, refused or cannot
 * be rebuilt, only that one exception becomes a {@link RemoteTaskException}. Any subclass
 * of {@link Throwable} may be rebuilt, its fields are up to the filter.
 * <p>
 * Immutable and thread-safe. Neither method throws: both make the best of what there is.
 */
public final class ThrowableCodec {

	private final TypeFilter filter;

	private final ClassLoader classLoader;

	/**
	 * Creates a codec.
	 * @param filter what the fields of exceptions may be
	 * @param classLoader where classes are looked up
	 */
	public ThrowableCodec(TypeFilter filter, ClassLoader classLoader) {
		this.filter = filter;
		this.classLoader = classLoader;
	}

	/**
	 * Writes an exception. What does not fit into the limit is left out: first long
	 * messages and the exceptions themselves, last all but the name of the class.
	 * @param throwable the exception
	 * @param limit largest number of bytes
	 * @return the bytes
	 */
	public Payload encode(Throwable throwable, long limit) {
		for (EnvelopeSize size : EnvelopeSize.SIZES) {
			try {
				PayloadOutput out = new PayloadOutput(limit);
				ThrowableEnvelope.write(out, new ThrowableEncoder(size, limit).encode(throwable));
				return out.toPayload();
			}
			catch (Throwable ex) {
				// The next one needs less of everything
			}
		}
		return encodeName(throwable.getClass().getName(), limit);
	}

	private static Payload encodeName(String className, long limit) {
		ThrowableNode node = new ThrowableNode(className, null, null, null, ThrowableNode.NONE, List.of(), null, null);
		try {
			PayloadOutput out = new PayloadOutput(limit);
			ThrowableEnvelope.write(out, List.of(node));
			return out.toPayload();
		}
		catch (PayloadTooLargeException ex) {
			return Payload.EMPTY;
		}
	}

	/**
	 * Rebuilds an exception.
	 * @param body what {@link #encode} wrote
	 * @return the exception, or a {@link RemoteTaskException} that stands for it, or a
	 * {@link TaskSerializationException} if the bytes are no exception
	 */
	public Throwable decode(byte[] body) {
		try {
			return new ThrowableDecoder(ThrowableEnvelope.read(body), this.filter, this.classLoader).decode();
		}
		catch (DamagedBodyException ex) {
			return new TaskSerializationException(
					"The exception of a task cannot be read: the data is damaged at " + ex.getMessage(), ex);
		}
		catch (Throwable ex) {
			return new TaskSerializationException(
					"The exception of a task cannot be read: that failed with " + ValueFailure.text(ex), ex);
		}
	}

}
