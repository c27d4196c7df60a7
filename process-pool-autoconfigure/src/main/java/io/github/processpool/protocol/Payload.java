package io.github.processpool.protocol;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The body of a frame that is to be sent: bytes in one or more chunks. Immutable.
 */
public final class Payload {

	/** No bytes. */
	public static final Payload EMPTY = new Payload(List.of(), 0);

	private final List<ByteBuffer> chunks;

	private final long size;

	Payload(List<ByteBuffer> chunks, long size) {
		this.chunks = chunks;
		this.size = size;
	}

	/**
	 * Wraps an array that nobody changes from now on.
	 * @param bytes the bytes
	 * @return a payload of these bytes
	 */
	public static Payload of(byte[] bytes) {
		return new Payload(List.of(ByteBuffer.wrap(bytes)), bytes.length);
	}

	/**
	 * Wraps the beginning of an array that nobody changes from now on.
	 * @param bytes the bytes
	 * @param length how many of them
	 * @return a payload of these bytes
	 */
	public static Payload of(byte[] bytes, int length) {
		return new Payload(List.of(ByteBuffer.wrap(bytes, 0, length)), length);
	}

	/**
	 * Number of bytes.
	 * @return the size
	 */
	public long size() {
		return this.size;
	}

	List<ByteBuffer> chunks() {
		return this.chunks;
	}

	/**
	 * Copies everything to a place in a buffer that has room for it.
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
	 * Copies everything into one array.
	 * @return the bytes
	 */
	public byte[] toByteArray() {
		byte[] bytes = new byte[Math.toIntExact(this.size)];
		int at = 0;
		for (ByteBuffer chunk : this.chunks) {
			int length = chunk.remaining();
			chunk.duplicate().get(bytes, at, length);
			at += length;
		}
		return bytes;
	}

}
