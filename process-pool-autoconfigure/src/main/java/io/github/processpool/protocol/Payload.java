package io.github.processpool.protocol;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The body of a frame that is to be sent: bytes in one or more chunks, and the large
 * arrays that are sent before it, so that they need not be copied together. Immutable.
 */
public final class Payload {

	/** No bytes. */
	public static final Payload EMPTY = new Payload(List.of(), 0, List.of());

	private final List<ByteBuffer> chunks;

	private final long bodySize;

	private final List<byte[]> arrays;

	Payload(List<ByteBuffer> chunks, long bodySize, List<byte[]> arrays) {
		this.chunks = chunks;
		this.bodySize = bodySize;
		this.arrays = arrays;
	}

	/**
	 * Wraps an array that nobody changes from now on.
	 * @param bytes the bytes
	 * @return a payload of these bytes
	 */
	public static Payload of(byte[] bytes) {
		return new Payload(List.of(ByteBuffer.wrap(bytes)), bytes.length, List.of());
	}

	/**
	 * Wraps the beginning of an array that nobody changes from now on.
	 * @param bytes the bytes
	 * @param length how many of them
	 * @return a payload of these bytes
	 */
	public static Payload of(byte[] bytes, int length) {
		return new Payload(List.of(ByteBuffer.wrap(bytes, 0, length)), length, List.of());
	}

	/**
	 * Number of bytes, those of the large arrays among them.
	 * @return the size
	 */
	public long size() {
		long size = this.bodySize;
		for (int i = 0; i < this.arrays.size(); i++) {
			size += this.arrays.get(i).length;
		}
		return size;
	}

	long bodySize() {
		return this.bodySize;
	}

	List<ByteBuffer> chunks() {
		return this.chunks;
	}

	/**
	 * Copies everything but the large arrays to a place in a buffer that has room for it.
	 */
	void copyTo(ByteBuffer to, int index) {
		int at = index;
		for (int i = 0; i < this.chunks.size(); i++) {
			ByteBuffer chunk = this.chunks.get(i);
			to.put(at, chunk, chunk.position(), chunk.remaining());
			at += chunk.remaining();
		}
	}

	/**
	 * The large arrays, in their order.
	 * @return arrays that nobody may change
	 */
	public List<byte[]> arrays() {
		return this.arrays;
	}

	/**
	 * Copies everything but the large arrays into one array.
	 * @return the bytes
	 */
	public byte[] toByteArray() {
		byte[] bytes = new byte[Math.toIntExact(this.bodySize)];
		int at = 0;
		for (ByteBuffer chunk : this.chunks) {
			int length = chunk.remaining();
			chunk.duplicate().get(bytes, at, length);
			at += length;
		}
		return bytes;
	}

}
