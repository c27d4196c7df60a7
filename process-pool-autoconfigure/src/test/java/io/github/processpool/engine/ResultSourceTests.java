package io.github.processpool.engine;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.FrameReader;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.FrameWriter;
import io.github.processpool.protocol.Ledger;
import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.ProtocolException;
import io.github.processpool.protocol.ResultRing;
import io.github.processpool.protocol.ResultRing.Sleep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The order of results that come both ways.
 */
@Timeout(60)
class ResultSourceTests {

	@TempDir
	private Path directory;

	private ServerSocketChannel server;

	private SocketChannel workerSocket;

	private SocketChannel parentSocket;

	private ResultRing ring;

	private FrameWriter writer;

	private ResultSource source;

	private long sent;

	@BeforeEach
	void connect() throws IOException {
		this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
		this.server.bind(UnixDomainSocketAddress.of(this.directory.resolve("s")));
		this.workerSocket = SocketChannel.open(this.server.getLocalAddress());
		this.parentSocket = this.server.accept();
		this.parentSocket.configureBlocking(false);
		this.writer = new FrameWriter(this.workerSocket);
		Path file = this.directory.resolve("ledger");
		this.source = new ResultSource(Ledger.create(file).results(), new FrameReader(this.parentSocket, 1000));
		this.ring = Ledger.open(file).results();
	}

	@AfterEach
	void close() throws IOException {
		this.workerSocket.close();
		this.parentSocket.close();
		this.server.close();
	}

	@Test
	void resultsShouldComeInTheOrderInWhichTheyWereSent() throws IOException {
		for (int seed = 0; seed < 200; seed++) {
			Random random = new Random(seed);
			List<Long> expected = new ArrayList<>();
			List<Long> read = new ArrayList<>();
			for (long id = 1; id <= 60; id++) {
				expected.add(id);
				if (random.nextInt(3) == 0) {
					throughSocket(FrameType.RESULT, id);
				}
				else {
					throughMemory(id);
				}
				if (random.nextInt(4) == 0) {
					throughSocket(FrameType.WAKE, 0);
				}
				if (random.nextInt(5) == 0) {
					drain(random.nextBoolean(), read);
				}
			}
			drain(true, read);
			assertThat(read).as("seed %d", seed).isEqualTo(expected);
		}
	}

	@Test
	void resultInMemoryShouldBeReadWithoutTheSocket() throws IOException {
		throughMemory(1);
		throughSocket(FrameType.RESULT, 2);
		List<Long> read = new ArrayList<>();
		drain(false, read);
		assertThat(read).containsExactly(1L);
		throughMemory(3);
		drain(false, read);
		assertThat(read).containsExactly(1L, 2L, 3L);
	}

	@Test
	void resultThatWasTakenFromTheSocketWithAnotherShouldNotBeLeftThere() throws IOException {
		throughSocket(FrameType.RESULT, 1);
		throughMemory(2);
		throughSocket(FrameType.RESULT, 3);
		assertThat(this.source.poll(false)).isNotNull().extracting(Frame::id).isEqualTo(1L);
		// Nothing more is in the socket itself, which would wake who sleeps
		assertThat(this.source.sleeping(Sleep.IO)).isFalse();
		assertThat(this.source.poll(false)).isNotNull().extracting(Frame::id).isEqualTo(2L);
		assertThat(this.source.sleeping(Sleep.IO)).isFalse();
		assertThat(this.source.poll(false)).isNotNull().extracting(Frame::id).isEqualTo(3L);
		assertThat(this.source.poll(false)).isNull();
		assertThat(this.source.sleeping(Sleep.IO)).isTrue();
	}

	@Test
	void wakesWithoutEndShouldBeRefused() throws IOException {
		for (int i = 0; i < 1000; i++) {
			throughSocket(FrameType.WAKE, 0);
			drain(true, new ArrayList<>());
		}
		throughSocket(FrameType.WAKE, 0);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> drain(true, new ArrayList<>()))
			.withMessage("more than 1000 WAKE frames without a result");
	}

	@Test
	void wayOfTheLatestResultShouldBeKnown() throws IOException {
		throughSocket(FrameType.RESULT, 1);
		drain(true, new ArrayList<>());
		assertThat(this.source.isThroughSocket()).isTrue();
		throughMemory(2);
		drain(false, new ArrayList<>());
		assertThat(this.source.isThroughSocket()).isFalse();
	}

	@Test
	void endShouldComeAfterAllResults() throws IOException {
		throughMemory(1);
		throughSocket(FrameType.RESULT, 2);
		throughMemory(3);
		this.workerSocket.close();
		List<Long> read = new ArrayList<>();
		assertThatExceptionOfType(EOFException.class).isThrownBy(() -> drain(true, read));
		assertThat(read).containsExactly(1L, 2L, 3L);
		assertThatExceptionOfType(EOFException.class).isThrownBy(() -> this.source.poll(false));
	}

	@Test
	void nobodyShouldSleepWhileThereIsAResult() throws IOException {
		assertThat(this.source.sleeping(Sleep.IO)).isTrue();
		assertThat(this.ring.sleeper()).isEqualTo(Sleep.IO);
		this.source.awake(Sleep.IO);
		throughMemory(1);
		assertThat(this.source.sleeping(Sleep.IO)).isFalse();
		assertThat(this.source.poll(false)).isNotNull();
		assertThat(this.source.sleeping(Sleep.IO)).isTrue();
	}

	private void throughMemory(long id) {
		assertThat(this.ring.offer(0, id, this.sent, Payload.EMPTY)).isTrue();
	}

	private void throughSocket(FrameType type, long id) throws IOException {
		this.writer.add(type, 0, id, Payload.EMPTY);
		assertThat(this.writer.flush()).isTrue();
		if (type == FrameType.RESULT) {
			this.sent++;
		}
	}

	private void drain(boolean fromSocket, List<Long> read) throws IOException {
		// Twice: what came to the socket after it was empty is for the next time
		for (int i = 0; i < 2; i++) {
			for (Frame frame = this.source.poll(fromSocket); frame != null; frame = this.source.poll(fromSocket)) {
				read.add(frame.id());
			}
		}
	}

}
