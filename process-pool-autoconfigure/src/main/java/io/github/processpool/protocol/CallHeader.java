package io.github.processpool.protocol;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * First part of the body of a CALL frame; the values follow it. <pre>
 *  0                     8           12          16
 *  +---------------------+-----------+-----------+-------------+---------+-------
 *  | timeout in ns, or 0 | length of | length of | coordinates | context | values
 *  |                     | coordin.  | context   | or name     |         |
 *  +---------------------+-----------+-----------+-------------+---------+-------
 * </pre> A task that is not the method of a bean has a name in the place of coordinates,
 * whose length is written as a negative number.
 *
 * @param target the method of a bean, or {@code null} if the only value is a task that
 * can be called
 * @param name what messages call the task
 * @param timeoutNanos longest time of the execution, or 0 for none
 * @param length number of bytes before the values
 * @param contextLength how many of these, the last, are the context of the caller
 */
public record CallHeader(@Nullable MethodCoordinates target, String name, long timeoutNanos, int length,
		int contextLength) {

	private static final int FIXED = Long.BYTES + 2 * Integer.BYTES;

	/**
	 * Writes a header.
	 * @param out where to
	 * @param target the method of a bean, or {@code null}
	 * @param name what messages call the task, not sent if it has a target
	 * @param timeoutNanos longest time of the execution, or 0 for none
	 * @param context what was captured where the task was submitted, perhaps nothing
	 * @throws PayloadTooLargeException if there is no room for it
	 */
	public static void write(PayloadOutput out, @Nullable MethodCoordinates target, String name, long timeoutNanos,
			byte[] context) throws PayloadTooLargeException {
		byte[] identity = (target != null) ? target.encoded() : name.getBytes(StandardCharsets.UTF_8);
		out.writeLong(timeoutNanos);
		out.writeInt((target != null) ? identity.length : -identity.length);
		out.writeInt(context.length);
		out.write(identity, 0, identity.length);
		out.write(context, 0, context.length);
	}

	/**
	 * Reads headers. A method that was called before is recognised by its bytes. Confined
	 * to one thread.
	 */
	public static final class Reader {

		private final Map<ByteBuffer, MethodCoordinates> known = new HashMap<>();

		/**
		 * Reads a header.
		 * @param body body of a CALL frame
		 * @return the header
		 * @throws IOException if it is cut
		 */
		public CallHeader read(byte[] body) throws IOException {
			try {
				ByteBuffer in = ByteBuffer.wrap(body);
				long timeoutNanos = in.getLong();
				int identity = in.getInt();
				int context = in.getInt();
				int length = Math.abs(identity);
				if (length < 0 || length > in.remaining()) {
					throw new ProtocolException("a CALL frame claims coordinates of " + identity + " bytes");
				}
				if (context < 0 || context > in.remaining() - length) {
					throw new ProtocolException("a CALL frame claims a context of " + context + " bytes");
				}
				if (identity <= 0) {
					String name = new String(body, FIXED, length, StandardCharsets.UTF_8);
					return new CallHeader(null, name, timeoutNanos, FIXED + length + context, context);
				}
				MethodCoordinates target = this.known.get(in.limit(FIXED + length));
				if (target == null) {
					target = MethodCoordinates.decode(body, FIXED, length);
					this.known.put(ByteBuffer.wrap(Arrays.copyOfRange(body, FIXED, FIXED + length)), target);
				}
				return new CallHeader(target, target.describe(), timeoutNanos, FIXED + length + context, context);
			}
			catch (BufferUnderflowException ex) {
				throw new ProtocolException("a CALL frame of " + body.length + " bytes has no header");
			}
		}

	}

}
