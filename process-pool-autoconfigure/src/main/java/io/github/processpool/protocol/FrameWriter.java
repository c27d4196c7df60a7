package io.github.processpool.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;

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
		int size = Math.toIntExact(payload.size());
		if (!this.out.hasRemaining()) {
			this.out.position(0).limit(0);
		}
		int end = this.out.limit();
		if (this.pending.isEmpty() && this.out.capacity() - end - Frame.HEADER_SIZE >= size) {
			this.out.limit(end + Frame.HEADER_SIZE + size);
			header(this.out, end, type, flags, id, size);
			payload.copyTo(this.out, end + Frame.HEADER_SIZE);
			return;
		}
		ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_SIZE);
		header(header, 0, type, flags, id, size);
		this.pending.add(header);
		for (ByteBuffer chunk : payload.chunks()) {
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
		while (true) {
			fill();
			if (!this.out.hasRemaining()) {
				return true;
			}
			if (this.channel.write(this.out) == 0) {
				return false;
			}
		}
	}

	private void fill() {
		if (this.pending.isEmpty()) {
			return;
		}
		this.out.compact();
		for (@Nullable
		ByteBuffer next = this.pending.peek(); next != null && this.out.hasRemaining(); next = this.pending.peek()) {
			int length = Math.min(next.remaining(), this.out.remaining());
			this.out.put(this.out.position(), next, next.position(), length);
			this.out.position(this.out.position() + length);
			next.position(next.position() + length);
			if (next.hasRemaining()) {
				break;
			}
			this.pending.remove();
		}
		this.out.flip();
	}

}
