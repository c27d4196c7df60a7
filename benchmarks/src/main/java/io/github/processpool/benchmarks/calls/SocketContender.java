package io.github.processpool.benchmarks.calls;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.processpool.benchmarks.ChildJava;
import org.jspecify.annotations.Nullable;

/**
 * The limit: a blocking Unix domain socket between two JVMs and bytes without a meaning.
 */
public final class SocketContender implements Contender {

	/** Name of the contender. */
	public static final String NAME = "raw socket";

	/** Name of the one that writes many messages at once. */
	public static final String BATCHED = "raw socket, batched";

	private static final int MESSAGE = 64;

	private static final int BATCH = 64 << 10;

	private final boolean batched;

	private final Path directory;

	private final ServerSocketChannel server;

	private @Nullable Peer peer;

	/**
	 * Listens.
	 * @param batched whether many messages are written at once
	 * @throws IOException if that fails
	 */
	public SocketContender(boolean batched) throws IOException {
		this.batched = batched;
		this.directory = Files.createTempDirectory("bench");
		this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
		this.server.bind(UnixDomainSocketAddress.of(this.directory.resolve("s")));
	}

	@Override
	public String name() {
		return this.batched ? BATCHED : NAME;
	}

	@Override
	public double[] measure(Workload workload, Duration time) throws Exception {
		boolean able = this.batched ? workload == Workload.FLOOD
				: workload != Workload.RECORDS && workload != Workload.PROCESSOR_TIME;
		if (!able) {
			return new double[0];
		}
		int size = (workload.bytes() > 0) ? workload.bytes() : MESSAGE;
		Peer current = this.peer;
		if (current == null || current.workload() != workload) {
			closePeer();
			ChildJava child = ChildJava.start(List.of(), List.of("-XX:+UseSerialGC"), SocketEcho.class.getName(), List
				.of(this.directory.resolve("s").toString(), String.valueOf(size), String.valueOf(this.batched)));
			current = new Peer(workload, child, this.server.accept());
			this.peer = current;
		}
		return run(current.channel(), workload, size, time.toNanos());
	}

	private void closePeer() throws IOException {
		if (this.peer != null) {
			this.peer.channel().close();
			this.peer.child().close();
			this.peer = null;
		}
	}

	private double[] run(SocketChannel channel, Workload workload, int size, long time) throws Exception {
		if (workload == Workload.FLOOD) {
			return new double[] { flood(channel, time) };
		}
		ByteBuffer buffer = ByteBuffer.allocateDirect(size);
		if (workload == Workload.ONE_AT_A_TIME) {
			return CallingContender.oneAtATime(time, (value) -> {
				buffer.clear().putInt(0, value);
				roundTrip(channel, buffer);
				return buffer.getInt(0);
			});
		}
		long count = 0;
		long begin = System.nanoTime();
		while (System.nanoTime() - begin < time) {
			buffer.clear();
			roundTrip(channel, buffer);
			count++;
		}
		return new double[] { count * size / ((System.nanoTime() - begin) / 1e9) / 1e6 };
	}

	private static void roundTrip(SocketChannel channel, ByteBuffer buffer) throws IOException {
		SocketEcho.writeAll(channel, buffer);
		buffer.clear();
		if (!SocketEcho.readAll(channel, buffer)) {
			throw new EOFException();
		}
	}

	private double flood(SocketChannel channel, long time) throws Exception {
		int batch = this.batched ? BATCH : MESSAGE;
		long begin = System.nanoTime();
		AtomicLong expected = new AtomicLong(Long.MAX_VALUE);
		Thread writer = new Thread(() -> {
			try {
				send(channel, batch, begin + time, expected);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}, "socket-writer");
		writer.start();
		ByteBuffer in = ByteBuffer.allocateDirect(BATCH);
		long received = 0;
		while (received < expected.get()) {
			if (channel.read(in.clear()) < 0) {
				throw new EOFException();
			}
			received += in.position();
		}
		writer.join();
		return received / MESSAGE / ((System.nanoTime() - begin) / 1e9);
	}

	/** Tells how many bytes there are before it sends the last of them. */
	private static void send(SocketChannel channel, int batch, long deadline, AtomicLong expected) throws IOException {
		ByteBuffer out = ByteBuffer.allocateDirect(batch);
		long sent = 0;
		while (expected.get() == Long.MAX_VALUE) {
			sent += batch;
			if ((sent & 0xFFF) == 0 && System.nanoTime() - deadline >= 0) {
				expected.set(sent);
			}
			SocketEcho.writeAll(channel, out.clear());
		}
	}

	@Override
	public void close() {
		try {
			closePeer();
			this.server.close();
			Files.deleteIfExists(this.directory.resolve("s"));
			Files.deleteIfExists(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The other side.
	 *
	 * @param workload what it was started for
	 * @param child the process
	 * @param channel the connection
	 */
	private record Peer(Workload workload, ChildJava child, SocketChannel channel) {

	}

}
