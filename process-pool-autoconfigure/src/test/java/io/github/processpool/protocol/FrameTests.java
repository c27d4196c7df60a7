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
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ARRAY")
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

	@ParameterizedTest
	@ValueSource(ints = { 7919, 65_536, Integer.MAX_VALUE })
	void largeArraysShouldComeWithTheirFrameInAnyPortions(int portion) throws IOException {
		byte[] first = new byte[40_000];
		byte[] second = new byte[500_000];
		new Random(1).nextBytes(first);
		new Random(2).nextBytes(second);
		PayloadOutput output = new PayloadOutput(LIMIT, PayloadOutput.LargeArrays.SHARED);
		output.write(1);
		assertThat(output.offer(first)).isTrue();
		assertThat(output.offer(second)).isTrue();
		output.write(2);
		Payload payload = output.toPayload();
		assertThat(payload.size()).isEqualTo(540_002);
		byte[] wire = concat(write(FrameType.CALL, 0, 5, payload), write(FrameType.CALL, 0, 6, Payload.EMPTY));
		FrameReader reader = new FrameReader(new Portions(wire, portion), LIMIT);
		Frame frame = await(reader);
		assertThat(frame.type()).isEqualTo(FrameType.CALL);
		assertThat(frame.id()).isEqualTo(5);
		assertThat(frame.body()).containsExactly(1, 2);
		assertThat(frame.size()).isEqualTo(540_002);
		assertThat(frame.arrays()).hasSize(2);
		assertThat(Arrays.equals(frame.arrays().get(0), first)).isTrue();
		assertThat(Arrays.equals(frame.arrays().get(1), second)).isTrue();
		assertThat(await(reader)).satisfies((next) -> assertThat(next.arrays()).isEmpty());
	}

	@Test
	void largeArraysShouldCountAgainstTheLimit() throws IOException {
		byte[] array = write(FrameType.ARRAY, 0, 1, new byte[LIMIT - 10]);
		assertThat(await(reader(concat(array, write(FrameType.CALL, 0, 1, new byte[10]))))).isNotNull();
		FrameReader reader = reader(concat(array, write(FrameType.CALL, 0, 1, new byte[11])));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> await(reader))
			.withMessage("a frame of type CALL claims 11 bytes, limit 10");
		FrameReader second = reader(concat(array, write(FrameType.ARRAY, 0, 1, new byte[11])));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> await(second))
			.withMessage("a frame of type ARRAY claims 11 bytes, limit 10");
	}

	@Test
	void largeArrayShouldBeFollowedByItsTask() throws IOException {
		byte[] array = write(FrameType.ARRAY, 0, 1, new byte[0]);
		for (byte[] stranger : new byte[][] { write(FrameType.CALL, 0, 2, new byte[0]),
				write(FrameType.ARRAY, 0, 2, new byte[0]), write(FrameType.READY, 0, 1, new byte[0]) }) {
			FrameReader reader = reader(concat(array, stranger));
			assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> await(reader))
				.withMessageContaining("follows a large array for task 1");
		}
		FrameReader cut = reader(array);
		assertThatExceptionOfType(EOFException.class).isThrownBy(() -> await(cut))
			.withMessage("closed in the middle of a frame");
	}

	@Test
	void moreLargeArraysThanATaskCanHaveShouldBeRefused() throws IOException {
		byte[] array = write(FrameType.ARRAY, 0, 1, new byte[0]);
		ByteBuffer wire = ByteBuffer.allocate(256 * array.length);
		while (wire.hasRemaining()) {
			wire.put(array);
		}
		FrameReader reader = reader(wire.array());
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> await(reader))
			.withMessage("more than 255 large arrays for one task");
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

	@Test
	void outputShouldTakeLargeArraysAsItIsTold() throws IOException {
		byte[] large = new byte[50_000];
		PayloadOutput shared = new PayloadOutput(60_000, PayloadOutput.LargeArrays.SHARED);
		assertThat(shared.offer(large)).isTrue();
		assertThat(shared.left()).isEqualTo(10_000);
		assertThat(shared.offer(new byte[1000])).isFalse();
		assertThatExceptionOfType(PayloadTooLargeException.class).isThrownBy(() -> shared.offer(large));
		assertThat(shared.toPayload().arrays()).hasSize(1).first().isSameAs(large);
		PayloadOutput copied = new PayloadOutput(60_000, PayloadOutput.LargeArrays.COPIED);
		assertThat(copied.offer(large)).isTrue();
		large[0] = 1;
		assertThat(copied.toPayload().arrays().get(0)).hasSize(50_000).startsWith(0);
		assertThat(new PayloadOutput(60_000).offer(large)).isFalse();
	}

	private static Frame await(FrameReader reader) throws IOException {
		Frame frame = reader.poll();
		while (frame == null) {
			frame = reader.poll();
		}
		return frame;
	}

	private static byte[] concat(byte[] first, byte[] second) {
		byte[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	private static byte[] write(FrameType type, int flags, long id, byte[] body) throws IOException {
		return write(type, flags, id, Payload.of(body));
	}

	private static byte[] write(FrameType type, int flags, long id, Payload payload) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		FrameWriter writer = new FrameWriter(Channels.newChannel(bytes));
		writer.add(type, flags, id, payload);
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
