package io.github.processpool.engine;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket that one worker dials: in a private directory or, where that cannot be, on
 * the loopback interface. Confined to one thread, but for {@link #abort()}.
 */
final class DialInSocket implements Closeable {

	private static final Logger logger = LoggerFactory.getLogger(DialInSocket.class);

	/** Longest path of a Unix domain socket that every platform takes. */
	private static final int LONGEST_PATH = 100;

	private final ServerSocketChannel server;

	private final @Nullable Path file;

	private final Selector selector;

	private volatile boolean aborted;

	private DialInSocket(ServerSocketChannel server, @Nullable Path file) throws IOException {
		this.server = server;
		this.file = file;
		this.selector = server.provider().openSelector();
		server.configureBlocking(false);
		server.register(this.selector, SelectionKey.OP_ACCEPT);
	}

	/**
	 * Opens a socket for one worker.
	 * @param directory a private directory
	 * @param name name of the worker
	 * @return the socket
	 * @throws IOException if there can be none
	 */
	static DialInSocket open(Path directory, String name) throws IOException {
		Path file = directory.resolve(name + ".sock");
		if (file.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH) {
			try {
				return open(ServerSocketChannel.open(StandardProtocolFamily.UNIX), UnixDomainSocketAddress.of(file),
						file);
			}
			catch (UnsupportedOperationException | IOException ex) {
				logger.debug("no Unix domain socket here, using the loopback interface", ex);
			}
		}
		return open(ServerSocketChannel.open(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null);
	}

	private static DialInSocket open(ServerSocketChannel server, SocketAddress address, @Nullable Path file)
			throws IOException {
		try {
			server.bind(address);
			return new DialInSocket(server, file);
		}
		catch (IOException | RuntimeException ex) {
			server.close();
			throw ex;
		}
	}

	/**
	 * Where the worker dials, as it understands it.
	 */
	String address() throws IOException {
		SocketAddress address = this.server.getLocalAddress();
		if (address instanceof InetSocketAddress inet) {
			return "tcp:" + inet.getAddress().getHostAddress() + ":" + inet.getPort();
		}
		return "unix:" + this.file;
	}

	/**
	 * Waits for somebody to dial.
	 * @param deadline when to give up
	 * @return the connection
	 * @throws IOException if nobody comes
	 */
	SocketChannel accept(StartupDeadline deadline) throws IOException {
		while (true) {
			SocketChannel socket = this.server.accept();
			if (socket != null) {
				return socket;
			}
			if (this.aborted) {
				throw new IOException("it ended before it had connected");
			}
			long left = deadline.leftNanos();
			if (left <= 0) {
				throw deadline.exceeded();
			}
			this.selector.select((key) -> {
			}, Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
		}
	}

	/**
	 * Ends all waiting: nobody will dial any more.
	 */
	void abort() {
		this.aborted = true;
		this.selector.wakeup();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		this.selector.close();
		if (this.file != null) {
			Files.deleteIfExists(this.file);
		}
	}

}
