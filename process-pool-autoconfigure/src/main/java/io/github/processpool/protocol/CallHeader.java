package io.github.processpool.protocol;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * First part of the body of a CALL frame; the values follow it. <pre>
 *  0                     8           12          16
 *  +---------------------+-----------+-----------+-------------+---------+-------
 *  | timeout in ns, or 0 | length of | length of | coordinates | context | values
 *  |                     | coordin.  | context   |             |         |
 *  +---------------------+-----------+-----------+-------------+---------+-------
 * </pre>
 *
 * @param target the method of a bean, or {@code null} if the only value is a task that
 * can be called
 * @param timeoutNanos longest time of the execution, or 0 for none
 * @param length number of bytes before the values
 * @param contextLength how many of these, the last, are the context of the caller
 */
public record CallHeader(@Nullable MethodCoordinates target, long timeoutNanos, int length, int contextLength) {

	private static final int FIXED = Long.BYTES + 2 * Integer.BYTES;

	/**
	 * Writes a header.
	 * @param out where to
	 * @param target the method of a bean, or {@code null}
	 * @param timeoutNanos longest time of the execution, or 0 for none
	 * @param context what was captured where the task was submitted, perhaps nothing
	 * @throws PayloadTooLargeException if there is no room for it
	 */
	public static void write(PayloadOutput out, @Nullable MethodCoordinates target, long timeoutNanos, byte[] context)
			throws PayloadTooLargeException {
		byte[] coordinates = (target != null) ? target.encoded() : new byte[0];
		byte[] fixed = ByteBuffer.allocate(FIXED)
			.putLong(timeoutNanos)
			.putInt(coordinates.length)
			.putInt(context.length)
			.array();
		out.write(fixed, 0, FIXED);
		out.write(coordinates, 0, coordinates.length);
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
				int length = in.getInt();
				int context = in.getInt();
				if (length < 0 || length > in.remaining()) {
					throw new ProtocolException("a CALL frame claims coordinates of " + length + " bytes");
				}
				if (context < 0 || context > in.remaining() - length) {
					throw new ProtocolException("a CALL frame claims a context of " + context + " bytes");
				}
				if (length == 0) {
					return new CallHeader(null, timeoutNanos, FIXED + context, context);
				}
				MethodCoordinates target = this.known.get(in.limit(FIXED + length));
				if (target == null) {
					target = MethodCoordinates.decode(body, FIXED, length);
					this.known.put(ByteBuffer.wrap(Arrays.copyOfRange(body, FIXED, FIXED + length)), target);
				}
				return new CallHeader(target, timeoutNanos, FIXED + length + context, context);
			}
			catch (BufferUnderflowException ex) {
				throw new ProtocolException("a CALL frame of " + body.length + " bytes has no header");
			}
		}

	}

}
