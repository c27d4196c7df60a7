package io.github.processpool.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads frames from a channel, step by step where the channel does not block. Lengths are
 * checked before memory is taken for a body. Confined to one thread at a time.
 */
public final class FrameReader {

	/** Much smaller makes large bodies slow, much larger only costs memory. */
	private static final int BUFFER_SIZE = 128 * 1024;

	/**
	 * Memory for more than this is taken as the bytes arrive: a peer that only claims to
	 * send them must not be able to exhaust the heap.
	 */
	private static final int FIRST_BODY_SIZE = 16 * 1024 * 1024;

	/** More values than that no task has. */
	private static final int MOST_ARRAYS = 255;

	private final ReadableByteChannel channel;

	private final long maxPayload;

	private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_SIZE).flip();

	private @Nullable FrameType type;

	private int flags;

	private long id;

	private byte @Nullable [] body;

	private int bodyRead;

	private int bodyLength;

	/** What came before the frame that they belong to. */
	private List<byte[]> arrays = List.of();

	private long arraysId;

	private long arrayBytes;

	/** Whether the channel had less than there was room for, so that it is empty now. */
	private boolean drained;

	/**
	 * Creates a reader.
	 * @param channel where to read from
	 * @param maxPayload largest body of a task or an outcome
	 */
	public FrameReader(ReadableByteChannel channel, long maxPayload) {
		this.channel = channel;
		this.maxPayload = maxPayload;
	}

	/**
	 * Reads the next frame as far as it has arrived.
	 * @return the frame, or {@code null} if the channel has nothing more at present
	 * @throws EOFException if the peer closed the channel or has ended
	 * @throws ProtocolException if the bytes are no frame
	 * @throws IOException if reading fails
	 */
	public @Nullable Frame poll() throws IOException {
		while (true) {
			Frame frame = parse();
			if (frame != null && frame.type() == FrameType.ARRAY) {
				keep(frame);
				continue;
			}
			if (frame != null) {
				this.arrays = List.of();
				this.arrayBytes = 0;
				return frame;
			}
			if (this.drained) {
				this.drained = false;
				return null;
			}
			this.in.compact();
			int count;
			try {
				count = this.channel.read(this.in);
				this.drained = count > 0 && this.in.hasRemaining();
			}
			catch (SocketException ex) {
				// The peer has ended and left unread what it was sent
				count = -1;
			}
			finally {
				this.in.flip();
			}
			if (count < 0) {
				boolean within = this.type != null || this.in.hasRemaining() || !this.arrays.isEmpty();
				throw new EOFException(within ? "closed in the middle of a frame" : "closed");
			}
			if (count == 0) {
				return null;
			}
		}
	}

	boolean hasMore() {
		return this.in.hasRemaining();
	}

	private void keep(Frame array) throws ProtocolException {
		if (this.arrays.isEmpty()) {
			this.arrays = new ArrayList<>(1);
		}
		if (this.arrays.size() == MOST_ARRAYS) {
			throw new ProtocolException("more than " + MOST_ARRAYS + " large arrays for one task");
		}
		this.arrays.add(array.body());
		this.arraysId = array.id();
		this.arrayBytes += array.body().length;
	}

	private @Nullable Frame parse() throws ProtocolException {
		if (this.body == null) {
			if (this.in.remaining() < Frame.HEADER_SIZE) {
				return null;
			}
			readHeader();
		}
		byte[] target = this.body;
		FrameType frameType = this.type;
		if (target == null || frameType == null) {
			throw new IllegalStateException("no header");
		}
		int length = Math.min(this.bodyLength - this.bodyRead, this.in.remaining());
		if (this.bodyRead + length > target.length) {
			target = Arrays.copyOf(target, (int) Math.min(this.bodyLength, target.length * 2L));
			this.body = target;
		}
		this.in.get(target, this.bodyRead, length);
		this.bodyRead += length;
		if (this.bodyRead < this.bodyLength) {
			return null;
		}
		this.body = null;
		this.type = null;
		return new Frame(frameType, this.flags, this.id, target, this.arrays);
	}

	private void readHeader() throws ProtocolException {
		int length = this.in.getInt();
		short magic = this.in.getShort();
		int code = this.in.get();
		this.flags = this.in.get();
		this.id = this.in.getLong();
		if (magic != Frame.MAGIC) {
			throw new ProtocolException("a frame starts with %08x %04x".formatted(length, magic));
		}
		FrameType frameType = FrameType.of(code);
		if (frameType == null) {
			throw new ProtocolException("a frame has unknown type " + code);
		}
		if (!this.arrays.isEmpty() && (!frameType.takesArrays() || this.id != this.arraysId)) {
			throw new ProtocolException("a frame of type %s for task %d follows a large array for task %d"
				.formatted(frameType, this.id, this.arraysId));
		}
		long limit = frameType.maxBody(this.maxPayload - this.arrayBytes);
		if (length < 0 || length > limit) {
			throw new ProtocolException(
					"a frame of type %s claims %d bytes, limit %d".formatted(frameType, length & 0xffffffffL, limit));
		}
		this.type = frameType;
		this.bodyLength = length;
		this.body = new byte[Math.min(length, FIRST_BODY_SIZE)];
		this.bodyRead = 0;
	}

}
