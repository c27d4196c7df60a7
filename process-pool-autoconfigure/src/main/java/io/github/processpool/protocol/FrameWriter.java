package io.github.processpool.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Writes frames to a channel, step by step where the channel does not block. Everything
 * goes through a direct buffer of its own: given a heap buffer, the JDK would copy all of
 * it for each write, however little the socket takes. Confined to one thread at a time.
 */
public final class FrameWriter {

	private static final int BUFFER_SIZE = 128 * 1024;

	private final WritableByteChannel channel;

	private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_SIZE).flip();

	private final Deque<ByteBuffer> pending = new ArrayDeque<>();

	/**
	 * Creates a writer.
	 * @param channel where to write to
	 */
	public FrameWriter(WritableByteChannel channel) {
		this.channel = channel;
	}

	/**
	 * Adds a frame to what {@link #flush()} writes.
	 * @param type kind of message
	 * @param flags what the kind needs, one byte
	 * @param id number of the task that it is about, or 0
	 * @param payload the body
	 */
	public void add(FrameType type, int flags, long id, Payload payload) {
		List<byte[]> arrays = payload.arrays();
		for (int i = 0; i < arrays.size(); i++) {
			byte[] array = arrays.get(i);
			add(FrameType.ARRAY, 0, id, array.length, List.of(ByteBuffer.wrap(array)));
		}
		add(type, flags, id, Math.toIntExact(payload.bodySize()), payload.chunks());
	}

	private void add(FrameType type, int flags, long id, int size, List<ByteBuffer> chunks) {
		if (!this.out.hasRemaining()) {
			this.out.position(0).limit(0);
		}
		int end = this.out.limit();
		if (this.pending.isEmpty() && this.out.capacity() - end - Frame.HEADER_SIZE >= size) {
			this.out.limit(end + Frame.HEADER_SIZE + size);
			header(this.out, end, type, flags, id, size);
			int at = end + Frame.HEADER_SIZE;
			for (int i = 0; i < chunks.size(); i++) {
				ByteBuffer chunk = chunks.get(i);
				this.out.put(at, chunk, chunk.position(), chunk.remaining());
				at += chunk.remaining();
			}
			return;
		}
		ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_SIZE);
		header(header, 0, type, flags, id, size);
		this.pending.add(header);
		for (ByteBuffer chunk : chunks) {
			this.pending.add(chunk.duplicate());
		}
	}

	private static void header(ByteBuffer to, int at, FrameType type, int flags, long id, int size) {
		to.putInt(at, size)
			.putShort(at + 4, Frame.MAGIC)
			.put(at + 6, (byte) type.code())
			.put(at + 7, (byte) flags)
			.putLong(at + 8, id);
	}

	/**
	 * Writes as much as the channel takes.
	 * @return {@code true} if nothing is left, {@code false} if the channel is full
	 * @throws IOException if writing fails
	 */
	public boolean flush() throws IOException {
		fill();
		while (this.out.hasRemaining()) {
			this.channel.write(this.out);
			if (this.out.hasRemaining()) {
				return false;
			}
			fill();
		}
		return true;
	}

	/**
	 * Takes as much of what is pending as there is room for behind what is to be written.
	 */
	private void fill() {
		if (this.pending.isEmpty()) {
			return;
		}
		if (!this.out.hasRemaining()) {
			this.out.position(0).limit(0);
		}
		for (@Nullable
		ByteBuffer next = this.pending.peek(); next != null; next = this.pending.peek()) {
			int end = this.out.limit();
			int length = Math.min(next.remaining(), this.out.capacity() - end);
			this.out.limit(end + length).put(end, next, next.position(), length);
			next.position(next.position() + length);
			if (next.hasRemaining()) {
				break;
			}
			this.pending.remove();
		}
	}

}
