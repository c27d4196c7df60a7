package io.github.processpool.protocol;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Frames on the wire.
 */
class FrameTests {

	private static final int LIMIT = 1_000_000;

	@ParameterizedTest
	@EnumSource(FrameType.class)
	void everyTypeShouldRoundTrip(FrameType type) throws IOException {
		Frame frame = reader(write(type, 3, 42, new byte[0])).poll();
		assertThat(frame).isNotNull();
		assertThat(frame.type()).isEqualTo(type);
		assertThat(frame.flags()).isEqualTo(3);
		assertThat(frame.id()).isEqualTo(42);
		assertThat(frame.body()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 15, 16, 17, 131_055, 131_056, 131_072, 131_073, 500_000, LIMIT })
	void bodyOfAnySizeShouldRoundTripInAnyPortions(int size) throws IOException {
		byte[] body = new byte[size];
		new Random(size).nextBytes(body);
		byte[] wire = write(FrameType.CALL, 0, Long.MIN_VALUE, body);
		for (int portion : new int[] { 7919, 65_536, Integer.MAX_VALUE }) {
			FrameReader reader = new FrameReader(new Portions(wire, portion), LIMIT);
			Frame frame = reader.poll();
			while (frame == null) {
				frame = reader.poll();
			}
			assertThat(Arrays.equals(frame.body(), body)).isTrue();
		}
	}

	@Test
	void frameCutAtEveryByteShouldEndInEof() throws IOException {
		byte[] wire = write(FrameType.RESULT, 0, 1, new byte[40]);
		for (int length = 1; length < wire.length; length++) {
			FrameReader reader = reader(Arrays.copyOf(wire, length));
			assertThatExceptionOfType(EOFException.class).as("cut at %d", length).isThrownBy(() -> {
				assertThat(reader.poll()).isNull();
				reader.poll();
			});
		}
	}

	@Test
	void endOfAPeerThatReadNothingShouldBeAnEndAfterAllThatItSent(@TempDir Path directory) throws IOException {
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(UnixDomainSocketAddress.of(directory.resolve("s")));
			SocketChannel peer = SocketChannel.open(server.getLocalAddress());
			try (SocketChannel ours = server.accept()) {
				ours.write(ByteBuffer.wrap(new byte[100]));
				peer.write(ByteBuffer.wrap(write(FrameType.RESULT, 0, 7, new byte[40])));
				peer.close();
				FrameReader reader = new FrameReader(ours, LIMIT);
				assertThat(reader.poll()).isNotNull().extracting(Frame::id).isEqualTo(7L);
				assertThatExceptionOfType(EOFException.class).isThrownBy(() -> {
					reader.poll();
					reader.poll();
				});
			}
		}
	}

	@Test
	void wrongMagicShouldBeRefused() throws IOException {
		byte[] wire = write(FrameType.CALL, 0, 1, new byte[4]);
		wire[4] ^= 1;
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(reader(wire)::poll)
			.withMessageContaining("a frame starts with");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 15, 31, 127, -1 })
	void unknownTypeShouldBeRefused(int code) throws IOException {
		byte[] wire = write(FrameType.CALL, 0, 1, new byte[4]);
		wire[6] = (byte) code;
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(reader(wire)::poll)
			.withMessageContaining("unknown type " + (byte) code);
	}

	@ParameterizedTest
	@ValueSource(ints = { LIMIT + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE })
	void lengthBeyondTheLimitShouldBeRefusedBeforeMemoryIsTaken(int length) throws IOException {
		byte[] wire = write(FrameType.RESULT, 0, 1, new byte[0]);
		ByteBuffer.wrap(wire).putInt(length);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(reader(wire)::poll)
			.withMessageContaining("limit " + LIMIT);
	}

	@Test
	void controlMessagesShouldHaveLimitsOfTheirOwn() throws IOException {
		byte[] wire = write(FrameType.CANCEL, 0, 1, new byte[1]);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(reader(wire)::poll)
			.withMessageContaining("CANCEL")
			.withMessageContaining("limit 0");
	}

	@Test
	void garbageShouldNeverDoMoreThanFail() {
		for (int seed = 0; seed < 5000; seed++) {
			byte[] garbage = new byte[seed % 100];
			new Random(seed).nextBytes(garbage);
			FrameReader reader = reader(garbage);
			assertThatExceptionOfType(IOException.class).as("seed %d", seed).isThrownBy(() -> {
				for (int i = 0; i < 100; i++) {
					reader.poll();
				}
			});
		}
	}

	@Test
	void writerShouldGoOnWhereAFullChannelStopped() throws IOException {
		ByteArrayOutputStream taken = new ByteArrayOutputStream();
		int[] room = { 10 };
		FrameWriter writer = new FrameWriter(new Tap(taken, room));
		byte[] body = new byte[300_000];
		new Random(1).nextBytes(body);
		writer.add(FrameType.CALL, 0, 5, Payload.of(body));
		writer.add(FrameType.CALL, 0, 6, Payload.of(new byte[] { 1 }));
		assertThat(writer.flush()).isFalse();
		assertThat(taken.size()).isEqualTo(10);
		while (true) {
			room[0] = 77_777;
			if (writer.flush()) {
				break;
			}
		}
		FrameReader reader = reader(taken.toByteArray());
		assertThat(reader.poll()).satisfies((frame) -> assertThat(Arrays.equals(frame.body(), body)).isTrue());
		assertThat(reader.poll()).satisfies((frame) -> assertThat(frame.id()).isEqualTo(6));
	}

	@Test
	void outputShouldStopAtItsLimit() throws IOException {
		PayloadOutput output = new PayloadOutput(1000);
		output.write(new byte[1000]);
		assertThat(output.toPayload().size()).isEqualTo(1000);
		PayloadOutput tooSmall = new PayloadOutput(1000);
		tooSmall.write(new byte[999]);
		assertThatExceptionOfType(PayloadTooLargeException.class).isThrownBy(() -> tooSmall.write(new byte[2]));
		tooSmall.write(1);
		assertThatExceptionOfType(PayloadTooLargeException.class).isThrownBy(() -> tooSmall.write(1));
	}

	private static byte[] write(FrameType type, int flags, long id, byte[] body) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		FrameWriter writer = new FrameWriter(Channels.newChannel(bytes));
		writer.add(type, flags, id, Payload.of(body));
		assertThat(writer.flush()).isTrue();
		return bytes.toByteArray();
	}

	private static FrameReader reader(byte[] wire) {
		return new FrameReader(new Portions(wire, Integer.MAX_VALUE), LIMIT);
	}

	/**
	 * Gives bytes in portions, and nothing in between.
	 */
	private static final class Portions implements ReadableByteChannel {

		private final ByteBuffer wire;

		private final int portion;

		private boolean pause;

		Portions(byte[] wire, int portion) {
			this.wire = ByteBuffer.wrap(wire);
			this.portion = portion;
		}

		@Override
		public int read(ByteBuffer target) {
			if (!this.wire.hasRemaining()) {
				return -1;
			}
			this.pause = !this.pause && this.portion != Integer.MAX_VALUE;
			if (this.pause) {
				return 0;
			}
			int length = Math.min(this.portion, Math.min(target.remaining(), this.wire.remaining()));
			target.put(this.wire.slice(this.wire.position(), length));
			this.wire.position(this.wire.position() + length);
			return length;
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public void close() {
		}

	}

	/**
	 * Takes as much as there is room for.
	 */
	private record Tap(ByteArrayOutputStream taken, int[] room) implements WritableByteChannel {

		@Override
		public int write(ByteBuffer source) {
			int length = Math.min(source.remaining(), this.room[0]);
			byte[] bytes = new byte[length];
			source.get(bytes);
			this.taken.writeBytes(bytes);
			this.room[0] -= length;
			return length;
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public void close() {
		}

	}

}
