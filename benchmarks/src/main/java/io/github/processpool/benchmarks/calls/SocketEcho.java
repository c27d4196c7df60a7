package io.github.processpool.benchmarks.calls;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import io.github.processpool.benchmarks.ChildJava;

/**
 * The other side of {@link SocketContender}: reads a message whole and sends it back, or,
 * batched, sends back what there is.
 */
final class SocketEcho {

	private static final int BATCH = 64 << 10;

	private SocketEcho() {
	}

	public static void main(String[] args) throws IOException {
		ChildJava.endWithParent();
		int size = Integer.parseInt(args[1]);
		boolean batched = Boolean.parseBoolean(args[2]);
		try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			channel.connect(UnixDomainSocketAddress.of(args[0]));
			if (batched || size < BATCH) {
				echoAvailable(channel, batched ? BATCH : size);
			}
			else {
				echoWhole(channel, ByteBuffer.allocateDirect(size));
			}
		}
	}

	private static void echoWhole(SocketChannel channel, ByteBuffer buffer) throws IOException {
		while (readAll(channel, buffer.clear())) {
			writeAll(channel, buffer);
		}
	}

	/** Reads much at once and writes it in pieces. */
	private static void echoAvailable(SocketChannel channel, int piece) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocateDirect(BATCH);
		while (channel.read(buffer) >= 0) {
			buffer.flip();
			int whole = buffer.limit() - ((piece < BATCH) ? buffer.limit() % piece : 0);
			int end = buffer.limit();
			while (buffer.position() < whole) {
				buffer.limit(Math.min(whole, buffer.position() + piece));
				writeAll(channel, buffer);
			}
			buffer.limit(end).compact();
		}
	}

	static void writeAll(SocketChannel channel, ByteBuffer buffer) throws IOException {
		while (buffer.hasRemaining()) {
			channel.write(buffer);
		}
	}

	static boolean readAll(SocketChannel channel, ByteBuffer buffer) throws IOException {
		while (buffer.hasRemaining()) {
			if (channel.read(buffer) < 0) {
				return false;
			}
		}
		buffer.flip();
		return true;
	}

}
