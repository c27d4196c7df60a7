package io.github.processpool.protocol;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the bytes of a {@link Payload}, at most a given number of them. Grows by
 * chunks, so that what was written is never copied again. Not thread-safe.
 */
public final class PayloadOutput extends OutputStream {

	private static final int FIRST_CHUNK = 512;

	private static final int LARGEST_CHUNK = 64 * 1024;

	/** Writing many small chunks takes longer than copying them. */
	private static final int LARGEST_COPY = 4 * 1024;

	/** Smaller arrays are not worth a frame of their own. */
	private static final int LEAST_ARRAY = 32 * 1024;

	private static final byte[] NO_CHUNK = new byte[0];

	private final long limit;

	private final LargeArrays largeArrays;

	private final List<ByteBuffer> full = new ArrayList<>(1);

	private byte[] chunk = new byte[FIRST_CHUNK];

	private int used;

	private long fullBytes;

	private List<byte[]> arrays = List.of();

	private long arrayBytes;

	/**
	 * Creates an empty output that takes no large arrays.
	 * @param limit largest number of bytes
	 */
	public PayloadOutput(long limit) {
		this(limit, LargeArrays.REFUSED);
	}

	/**
	 * Creates an empty output.
	 * @param limit largest number of bytes
	 * @param largeArrays what becomes of large arrays
	 */
	public PayloadOutput(long limit, LargeArrays largeArrays) {
		this.limit = limit;
		this.largeArrays = largeArrays;
	}

	/**
	 * Number of bytes written so far.
	 * @return the size
	 */
	public long size() {
		return this.fullBytes + this.used + this.arrayBytes;
	}

	/**
	 * Takes an array beside all other bytes, if it is large.
	 * @param array the array
	 * @return {@code false} if it was not taken and is to be written
	 * @throws PayloadTooLargeException if it is larger than what is left
	 */
	public boolean offer(byte[] array) throws PayloadTooLargeException {
		if (array.length < LEAST_ARRAY || this.largeArrays == LargeArrays.REFUSED) {
			return false;
		}
		require(array.length);
		if (this.arrays.isEmpty()) {
			this.arrays = new ArrayList<>(1);
		}
		this.arrays.add((this.largeArrays == LargeArrays.COPIED) ? array.clone() : array);
		this.arrayBytes += array.length;
		return true;
	}

	@Override
	public void write(int b) throws PayloadTooLargeException {
		require(1);
		if (this.used == this.chunk.length) {
			next(1);
		}
		this.chunk[this.used++] = (byte) b;
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws PayloadTooLargeException {
		require(length);
		int head = Math.min(length, this.chunk.length - this.used);
		System.arraycopy(bytes, offset, this.chunk, this.used, head);
		this.used += head;
		int rest = length - head;
		if (rest > 0) {
			next(rest);
			System.arraycopy(bytes, offset + head, this.chunk, 0, rest);
			this.used = rest;
		}
	}

	/**
	 * Writes four bytes, the highest first.
	 * @param value the number
	 * @throws PayloadTooLargeException if they are more than what is left
	 */
	public void writeInt(int value) throws PayloadTooLargeException {
		write(value >>> 24);
		write(value >>> 16);
		write(value >>> 8);
		write(value);
	}

	/**
	 * Writes eight bytes, the highest first.
	 * @param value the number
	 * @throws PayloadTooLargeException if they are more than what is left
	 */
	public void writeLong(long value) throws PayloadTooLargeException {
		writeInt((int) (value >>> 32));
		writeInt((int) value);
	}

	/**
	 * Largest number of bytes.
	 * @return the limit
	 */
	public long limit() {
		return this.limit;
	}

	/**
	 * Number of bytes that may still be written.
	 * @return what is left of the limit
	 */
	public long left() {
		return this.limit - size();
	}

	/**
	 * Appends bytes, without copying them if they are many.
	 * @param payload the bytes
	 * @throws PayloadTooLargeException if they are more than what is left
	 */
	public void append(Payload payload) throws PayloadTooLargeException {
		if (!payload.arrays().isEmpty()) {
			throw new IllegalArgumentException("a payload with large arrays cannot be a part of another");
		}
		if (payload.size() > left()) {
			throw new PayloadTooLargeException(this.limit);
		}
		if (payload.size() <= LARGEST_COPY) {
			write(payload.toByteArray(), 0, (int) payload.size());
			return;
		}
		if (this.used > 0) {
			this.full.add(ByteBuffer.wrap(this.chunk, 0, this.used));
			this.fullBytes += this.used;
		}
		this.full.addAll(payload.chunks());
		this.fullBytes += payload.size();
		this.chunk = NO_CHUNK;
		this.used = 0;
	}

	/**
	 * Ends the output.
	 * @return what was written
	 */
	public Payload toPayload() {
		if (this.used > 0) {
			this.full.add(ByteBuffer.wrap(this.chunk, 0, this.used));
		}
		return new Payload(this.full, this.fullBytes + this.used, this.arrays);
	}

	private void require(int length) throws PayloadTooLargeException {
		if (length > this.limit - size()) {
			throw new PayloadTooLargeException(this.limit);
		}
	}

	private void next(int least) {
		if (this.used > 0) {
			this.full.add(ByteBuffer.wrap(this.chunk, 0, this.used));
			this.fullBytes += this.used;
		}
		int size = Math.max(least, Math.max(FIRST_CHUNK, Math.min(LARGEST_CHUNK, this.chunk.length * 4)));
		this.chunk = new byte[size];
		this.used = 0;
	}

	/**
	 * What becomes of large arrays.
	 */
	public enum LargeArrays {

		/** They are written like all else. */
		REFUSED,

		/** They are copied, since they may change before they are sent. */
		COPIED,

		/** They are sent as they are: nobody changes them until then. */
		SHARED

	}

}
