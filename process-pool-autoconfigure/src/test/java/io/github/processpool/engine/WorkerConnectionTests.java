package io.github.processpool.engine;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.FrameChannel;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.Ledger;
import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.ProtocolException;
import io.github.processpool.protocol.ResultKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A scripted worker at the other end of real sockets.
 */
@Timeout(30)
class WorkerConnectionTests {

	private static final int LIMIT = 4 * 1024 * 1024;

	@TempDir(cleanup = CleanupMode.ALWAYS)
	private Path directory;

	private SocketChannel data;

	private SocketChannel control;

	private WorkerConnection connection;

	private final Recorder recorder = new Recorder();

	@BeforeEach
	void connect() throws IOException {
		SocketChannel[] pair = pair("data");
		SocketChannel[] controlPair = pair("control");
		this.data = pair[1];
		this.control = controlPair[1];
		Ledger ledger = Ledger.create(this.directory.resolve("ledger"));
		this.connection = new WorkerConnection(pair[0], controlPair[0], ledger, LIMIT);
		this.connection.start(Thread::new, this.recorder);
	}

	@AfterEach
	void close() throws IOException {
		this.data.close();
		this.control.close();
	}

	@Test
	void callShouldArriveAndResultShouldComeBack() throws Exception {
		this.connection.call(7, Payload.of(new byte[] { 1, 2 }));
		this.connection.flush();
		FrameChannel worker = new FrameChannel(this.data, LIMIT);
		Frame call = worker.receive();
		assertThat(call.type()).isEqualTo(FrameType.CALL);
		assertThat(call.id()).isEqualTo(7);
		worker.send(FrameType.RESULT, ResultKind.VALUE.ordinal(), 7, Payload.of(new byte[] { 3 }));
		assertThat(this.recorder.results.poll(5, TimeUnit.SECONDS)).isEqualTo(7L);
	}

	@Test
	void workerThatDoesNotReadShouldNotBlockTheSender() throws Exception {
		this.connection.call(1, Payload.of(new byte[LIMIT]));
		this.connection.flush();
		this.connection.ping();
		FrameChannel control = new FrameChannel(this.control, LIMIT);
		assertThat(control.receive().type()).isEqualTo(FrameType.PING);
		FrameChannel worker = new FrameChannel(this.data, LIMIT);
		assertThat(worker.receive().body()).hasSize(LIMIT);
	}

	@Test
	void garbageShouldEndTheConnection() throws Exception {
		this.data.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
		assertThat(closed()).isInstanceOf(ProtocolException.class);
	}

	@Test
	void oversizedFrameShouldEndTheConnection() throws Exception {
		ByteBuffer header = ByteBuffer.allocate(16).putInt(LIMIT + 1).putShort((short) 0x5EA7).put((byte) 6);
		this.data.write(header.rewind());
		assertThat(closed()).isInstanceOf(ProtocolException.class).hasMessageContaining("limit");
	}

	@Test
	void unexpectedTypeShouldEndTheConnection() throws Exception {
		new FrameChannel(this.data, LIMIT).send(FrameType.READY, 0, 0, Payload.EMPTY);
		assertThat(closed()).isInstanceOf(ProtocolException.class).hasMessageContaining("READY");
	}

	@Test
	void unexpectedTypeOnControlShouldEndTheConnection() throws Exception {
		new FrameChannel(this.control, LIMIT).send(FrameType.RESULT, 0, 0, Payload.EMPTY);
		assertThat(closed()).isInstanceOf(ProtocolException.class).hasMessageContaining("RESULT");
	}

	@Test
	void unknownResultKindShouldEndTheConnection() throws Exception {
		new FrameChannel(this.data, LIMIT).send(FrameType.RESULT, 77, 1, Payload.EMPTY);
		assertThat(closed()).isInstanceOf(ProtocolException.class).hasMessageContaining("77");
	}

	@Test
	void resultForNoTaskShouldEndTheConnection() throws Exception {
		this.recorder.refuse = true;
		new FrameChannel(this.data, LIMIT).send(FrameType.RESULT, 0, 99, Payload.EMPTY);
		assertThat(closed()).isInstanceOf(ProtocolException.class).hasMessageContaining("99");
	}

	@Test
	void halfAHeaderShouldEndTheConnection() throws Exception {
		this.data.write(ByteBuffer.allocate(7));
		this.data.close();
		assertThat(closed()).isInstanceOf(EOFException.class);
	}

	@Test
	void halfABodyShouldEndTheConnection() throws Exception {
		ByteBuffer frame = ByteBuffer.allocate(20).putInt(100).putShort((short) 0x5EA7).put((byte) 6);
		this.data.write(frame.rewind());
		this.data.close();
		assertThat(closed()).isInstanceOf(EOFException.class);
	}

	@Test
	void resultSentBeforeTheEndShouldStillCount() throws Exception {
		this.control.close();
		FrameChannel worker = new FrameChannel(this.data, LIMIT);
		worker.send(FrameType.RESULT, ResultKind.VALUE.ordinal(), 3, Payload.of(new byte[LIMIT]));
		this.data.close();
		assertThat(this.recorder.results.poll(5, TimeUnit.SECONDS)).isEqualTo(3L);
		assertThat(closed()).isInstanceOf(EOFException.class);
	}

	@Test
	void answersShouldFindTheirQuestions() throws Exception {
		CompletableFuture<String> dump = this.connection.dump();
		FrameChannel worker = new FrameChannel(this.control, LIMIT);
		CompletableFuture<String> histogram = this.connection.histogram();
		Frame first = worker.receive();
		assertThat(first.type()).isEqualTo(FrameType.DUMP);
		Frame second = worker.receive();
		assertThat(second.type()).isEqualTo(FrameType.HISTOGRAM);
		worker.send(FrameType.HISTOGRAM_REPLY, 0, second.id(), Payload.of(new byte[] { 'h' }));
		worker.send(FrameType.DUMP_REPLY, 0, first.id(), Payload.of(new byte[] { 'd' }));
		assertThat(dump.get(5, TimeUnit.SECONDS)).isEqualTo("d");
		assertThat(histogram.get(5, TimeUnit.SECONDS)).isEqualTo("h");
	}

	@Test
	void dumpShouldFailWhenTheWorkerIsGone() throws Exception {
		CompletableFuture<String> dump = this.connection.dump();
		this.control.close();
		this.data.close();
		assertThat(closed()).isInstanceOf(IOException.class);
		assertThat(dump).failsWithin(Duration.ofSeconds(5));
		assertThat(this.connection.dump()).failsWithin(Duration.ofSeconds(5));
	}

	private IOException closed() throws Exception {
		return this.recorder.closed.get(10, TimeUnit.SECONDS);
	}

	private SocketChannel[] pair(String name) throws IOException {
		Path file = this.directory.resolve(name);
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(UnixDomainSocketAddress.of(file));
			SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(file));
			return new SocketChannel[] { server.accept(), client };
		}
		finally {
			Files.deleteIfExists(file);
		}
	}

	private static final class Recorder implements WorkerConnection.Events {

		private final BlockingQueue<Long> results = new LinkedBlockingQueue<>();

		private final CompletableFuture<IOException> closed = new CompletableFuture<>();

		private volatile boolean refuse;

		@Override
		public void results(List<Frame> frames) throws ProtocolException {
			for (Frame frame : frames) {
				if (this.refuse) {
					throw new ProtocolException("no task " + frame.id());
				}
				this.results.add(frame.id());
			}
		}

		@Override
		public void pong(byte[] body) {
		}

		@Override
		public void closing() {
		}

		@Override
		public void closed(IOException cause) {
			this.closed.complete(cause);
		}

	}

}
