package io.github.processpool.protocol;

import java.nio.ByteBuffer;

/**
 * What a worker tells of itself when it is asked whether it is there.
 *
 * @param residentBytes resident size of the process, or -1 if it is not known
 * @param heapUsed used part of the heap in bytes, garbage included
 * @param heapAfterGc what was in use after the latest garbage collection of each part of
 * the heap, in bytes, or -1 if there was none
 * @param heapCommitted size of the heap at present in bytes
 * @param heapMax largest size of the heap in bytes, or -1 if there is no limit
 * @param gcMillis time spent on garbage collections so far in milliseconds
 * @param gcCount number of garbage collections so far
 * @param cpuNanos CPU time of the process so far in nanoseconds, or -1 if it is not known
 * @param threads number of threads
 */
public record Heartbeat(long residentBytes, long heapUsed, long heapAfterGc, long heapCommitted, long heapMax,
		long gcMillis, long gcCount, long cpuNanos, int threads) {

	private static final int SIZE = 8 * Long.BYTES + Integer.BYTES;

	/**
	 * Writes the message.
	 * @return the body of a PONG frame
	 */
	public Payload encode() {
		return Payload.of(ByteBuffer.allocate(SIZE)
			.putLong(this.residentBytes)
			.putLong(this.heapUsed)
			.putLong(this.heapAfterGc)
			.putLong(this.heapCommitted)
			.putLong(this.heapMax)
			.putLong(this.gcMillis)
			.putLong(this.gcCount)
			.putLong(this.cpuNanos)
			.putInt(this.threads)
			.array());
	}

	/**
	 * Reads the message.
	 * @param body body of a PONG frame
	 * @return the message
	 * @throws ProtocolException if it has another length
	 */
	public static Heartbeat decode(byte[] body) throws ProtocolException {
		if (body.length != SIZE) {
			throw new ProtocolException("a PONG frame has " + body.length + " bytes, not " + SIZE);
		}
		ByteBuffer in = ByteBuffer.wrap(body);
		return new Heartbeat(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(),
				in.getLong(), in.getLong(), in.getInt());
	}

}
