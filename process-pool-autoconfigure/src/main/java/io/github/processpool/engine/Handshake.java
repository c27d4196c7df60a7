package io.github.processpool.engine;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.FrameChannel;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.Hello;
import io.github.processpool.protocol.Ledger;
import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for one worker to dial back on both channels and to prove with a token that it is
 * the one that was launched. The socket that it dials exists no longer than that.
 * Confined to one thread, but for {@link #abort()}.
 */
final class Handshake implements Closeable {

	private static final Logger logger = LoggerFactory.getLogger(Handshake.class);

	private static final long HELLO_NANOS = TimeUnit.SECONDS.toNanos(5);

	/** What a socket holds is more than a worker logs in this time. */
	private static final long LOG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private static final SecureRandom random = new SecureRandom();

	private final String token = newToken();

	private final DialInSocket dialIn;

	private final StartupDeadline deadline;

	private @Nullable Link data;

	private @Nullable Link control;

	/**
	 * Opens a socket for one worker.
	 * @param directory a private directory
	 * @param name name of the worker
	 * @param timeout how long its start may take, or zero for any time
	 * @throws IOException if there can be no socket
	 */
	Handshake(Path directory, String name, Duration timeout) throws IOException {
		this.dialIn = DialInSocket.open(directory, name);
		this.deadline = new StartupDeadline(timeout);
	}

	private static String newToken() {
		byte[] bytes = new byte[16];
		random.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	/**
	 * Where the worker dials, as it understands it.
	 */
	String address() throws IOException {
		return this.dialIn.address();
	}

	String token() {
		return this.token;
	}

	FrameChannel data() {
		Link link = this.data;
		if (link == null) {
			throw new IllegalStateException("not connected");
		}
		return link.frames();
	}

	/**
	 * Ends all waiting: the process is gone.
	 */
	void abort() {
		this.dialIn.abort();
	}

	/**
	 * Waits for both channels.
	 * @return process id of the worker
	 * @throws IOException if it does not come
	 */
	long awaitWorker() throws IOException {
		long pid = -1;
		while (this.data == null || this.control == null) {
			SocketChannel socket = this.dialIn.accept(this.deadline);
			FrameChannel channel = new FrameChannel(socket, 0);
			Hello hello = hello(channel);
			if (hello == null || ((hello.control() ? this.control : this.data) != null)) {
				channel.close();
			}
			else if (hello.control()) {
				this.control = new Link(socket, channel);
			}
			else {
				this.data = new Link(socket, channel);
				pid = hello.pid();
			}
		}
		return pid;
	}

	/**
	 * Tells the worker what to set up.
	 * @throws IOException if it has ended
	 */
	void boot(Payload boot) throws IOException {
		try {
			data().send(FrameType.BOOT, 0, 0, boot);
		}
		catch (ProtocolException ex) {
			throw ex;
		}
		catch (IOException ex) {
			throw ended(ex);
		}
	}

	private static IOException ended(IOException cause) {
		return new IOException("it ended before it was ready for tasks: something in it may have called"
				+ " System.exit or Runtime.halt", cause);
	}

	/**
	 * Waits for the worker to say that it is ready or has failed. Meanwhile it may log.
	 * @param logs takes what it logs
	 * @return its message
	 * @throws IOException if it says nothing
	 */
	Frame awaitReply(LogTap logs) throws IOException {
		try {
			while (true) {
				Frame frame = data().receive(Math.min(LOG_NANOS, this.deadline.leftNanos()));
				readLogs(logs);
				if (frame != null) {
					return frame;
				}
				if (this.deadline.leftNanos() <= 0) {
					throw this.deadline.exceeded();
				}
			}
		}
		catch (EOFException ex) {
			readLogs(logs);
			throw ended(ex);
		}
	}

	private void readLogs(LogTap logs) throws IOException {
		Link link = this.control;
		if (link == null) {
			throw new IllegalStateException("not connected");
		}
		try {
			for (Frame frame = link.frames().receive(0); frame != null; frame = link.frames().receive(0)) {
				logs.logged(frame);
			}
		}
		catch (EOFException ex) {
			// The data channel tells it as well
		}
	}

	/**
	 * Hands the channels over.
	 * @param ledger ledger of the worker
	 * @param maxPayload largest body of a task or an outcome
	 * @param logs takes what it logs
	 * @return the connection
	 * @throws IOException if that fails
	 */
	WorkerConnection connection(Ledger ledger, long maxPayload, LogTap logs) throws IOException {
		Link dataLink = this.data;
		Link controlLink = this.control;
		if (dataLink == null || controlLink == null) {
			throw new IllegalStateException("not connected");
		}
		WorkerConnection connection = new WorkerConnection(dataLink.socket(), controlLink.socket(), ledger, maxPayload,
				controlLink.frames().detach(), logs);
		dataLink.frames().detach();
		this.data = null;
		this.control = null;
		return connection;
	}

	/**
	 * Reads who is calling. Whoever cannot tell the token is a stranger.
	 */
	private @Nullable Hello hello(FrameChannel channel) {
		try {
			Frame frame = channel.receive(Math.min(HELLO_NANOS, this.deadline.leftNanos()));
			Hello hello = (frame != null) ? Hello.decode(frame) : null;
			if (hello != null && MessageDigest.isEqual(hello.token().getBytes(StandardCharsets.US_ASCII),
					this.token.getBytes(StandardCharsets.US_ASCII))) {
				return hello;
			}
			logger.warn("refused a connection to {}: no token or a wrong one", address());
		}
		catch (IOException ex) {
			logger.warn("refused a connection: {}", ex.toString());
		}
		return null;
	}

	@Override
	public void close() throws IOException {
		this.dialIn.close();
		Link dataLink = this.data;
		if (dataLink != null) {
			dataLink.frames().close();
		}
		if (this.control != null) {
			this.control.frames().close();
		}
	}

	private record Link(SocketChannel socket, FrameChannel frames) {

	}

}
