package io.github.processpool.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.processpool.protocol.ResultRing.Sleep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Results in memory, as both sides see them.
 */
@Timeout(60)
class ResultRingTests {

	private static final int LARGEST = 8 * 1024;

	@TempDir
	private Path directory;

	private Path file;

	private ResultRing parent;

	private ResultRing worker;

	@BeforeEach
	void map() throws IOException {
		this.file = this.directory.resolve("ledger");
		this.parent = Ledger.create(this.file).results();
		this.worker = Ledger.open(this.file).results();
	}

	@Test
	void resultShouldCrossWithAllThatBelongsToIt() throws IOException {
		assertThat(this.parent.poll(0)).isNull();
		assertThat(this.worker.offer(3, 42, 0, payload(5))).isTrue();
		Frame frame = this.parent.poll(0);
		assertThat(frame).isNotNull();
		assertThat(frame.type()).isEqualTo(FrameType.RESULT);
		assertThat(frame.flags()).isEqualTo(3);
		assertThat(frame.id()).isEqualTo(42);
		assertThat(frame.body()).containsExactly(5, 6, 7, 8, 9);
		assertThat(frame.arrays()).isEmpty();
		assertThat(this.parent.poll(0)).isNull();
	}

	@Test
	void manyResultsShouldCrossInTheirOrderWhileBothSidesWork() throws Exception {
		int count = 300_000;
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
			Random sizes = new Random(7);
			for (int id = 1; id <= count; id++) {
				Payload payload = payload(sizes.nextInt((id % 100 == 0) ? LARGEST : 60));
				while (!this.worker.offer(1, id, 0, payload)) {
					Thread.onSpinWait();
				}
			}
		});
		Random sizes = new Random(7);
		for (int id = 1; id <= count; id++) {
			Frame frame = this.parent.poll(0);
			while (frame == null) {
				if (writer.isCompletedExceptionally()) {
					writer.join();
				}
				Thread.onSpinWait();
				frame = this.parent.poll(0);
			}
			assertThat(frame.id()).isEqualTo(id);
			assertThat(Arrays.equals(frame.body(), bytes(sizes.nextInt((id % 100 == 0) ? LARGEST : 60)))).isTrue();
		}
		writer.get(10, TimeUnit.SECONDS);
		assertThat(this.parent.poll(0)).isNull();
	}

	@Test
	void ringShouldTakeNothingThatItHasNoRoomFor() throws IOException {
		assertThat(this.worker.offer(1, 1, 0, payload(LARGEST + 1))).isFalse();
		PayloadOutput output = new PayloadOutput(100_000, PayloadOutput.LargeArrays.SHARED);
		assertThat(output.offer(new byte[40_000])).isTrue();
		assertThat(this.worker.offer(1, 1, 0, output.toPayload())).isFalse();
		int taken = 0;
		while (this.worker.offer(1, taken + 1, 0, payload(1000))) {
			taken++;
		}
		assertThat(taken).isEqualTo(64 * 1024 / 1024);
		assertThat(this.parent.poll(0)).isNotNull();
		assertThat(this.worker.offer(1, taken + 1, 0, payload(1000))).isTrue();
		assertThat(this.worker.offer(1, taken + 2, 0, payload(1000))).isFalse();
	}

	@Test
	void resultShouldWaitForOneThatIsInTheSocket() throws IOException {
		assertThat(this.worker.offer(1, 1, 0, payload(1))).isTrue();
		assertThat(this.worker.offer(1, 3, 1, payload(1))).isTrue();
		assertThat(this.parent.isReady(0)).isTrue();
		assertThat(this.parent.isHeldUp(0)).isFalse();
		assertThat(this.parent.poll(0)).isNotNull();
		assertThat(this.parent.poll(0)).isNull();
		assertThat(this.parent.isReady(0)).isFalse();
		assertThat(this.parent.isHeldUp(0)).isTrue();
		assertThat(this.parent.isReady(1)).isTrue();
		assertThat(this.parent.poll(1)).isNotNull().extracting(Frame::id).isEqualTo(3L);
		assertThat(this.parent.isReady(1)).isFalse();
		assertThat(this.parent.isHeldUp(1)).isFalse();
	}

	@Test
	void workerShouldSeeWhoSleeps() {
		assertThat(this.worker.sleeper()).isNull();
		this.parent.sleeping(Sleep.IO_BRIEFLY);
		assertThat(this.worker.sleeper()).isEqualTo(Sleep.IO_BRIEFLY);
		this.parent.sleeping(Sleep.CALLER);
		assertThat(this.worker.sleeper()).isEqualTo(Sleep.CALLER);
		this.parent.awake(Sleep.IO_BRIEFLY);
		this.parent.sleeping(Sleep.IO);
		this.parent.awake(Sleep.CALLER);
		assertThat(this.worker.sleeper()).isEqualTo(Sleep.IO);
		this.worker.waking();
		assertThat(this.worker.sleeper()).isNull();
		this.parent.awake(Sleep.IO);
		assertThat(this.worker.sleeper()).isNull();
	}

	@Test
	void noResultShouldBeMissedByOneWhoFallsAsleep() throws Exception {
		int count = 300_000;
		AtomicInteger bell = new AtomicInteger();
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
			Random pauses = new Random(1);
			for (int id = 1; id <= count; id++) {
				while (!this.worker.offer(1, id, 0, Payload.EMPTY)) {
					Thread.onSpinWait();
				}
				if (this.worker.sleeper() != null) {
					this.worker.waking();
					bell.incrementAndGet();
				}
				for (int i = pauses.nextInt(60); i > 0; i--) {
					Thread.onSpinWait();
				}
			}
		});
		long read = 0;
		int heard = 0;
		while (read < count) {
			this.parent.sleeping(Sleep.IO);
			if (!this.parent.isReady(0)) {
				while (bell.get() == heard) {
					assertThat(Thread.currentThread().isInterrupted()).as("woken after %d results", read).isFalse();
					Thread.onSpinWait();
				}
				heard++;
			}
			this.parent.awake(Sleep.IO);
			for (Frame frame = this.parent.poll(0); frame != null; frame = this.parent.poll(0)) {
				assertThat(frame.id()).isEqualTo(++read);
			}
		}
		writer.get(10, TimeUnit.SECONDS);
	}

	@Test
	void garbageShouldNeverDoMoreThanFail() throws IOException {
		int refused = 0;
		for (int seed = 0; seed < 5000; seed++) {
			Random random = new Random(seed);
			byte[] memory = new byte[64 + ResultRing.SIZE];
			if (seed % 2 == 0) {
				random.nextBytes(memory);
			}
			else {
				// Sound at first sight
				ByteBuffer.wrap(memory).order(java.nio.ByteOrder.nativeOrder()).putLong(64, random.nextInt(70_000));
				for (int at = 64 + 192; at < memory.length; at += 8) {
					memory[at] = (byte) random.nextInt();
					memory[at + 1] = (byte) (random.nextInt(40) - 1);
				}
			}
			Files.write(this.file, memory);
			ResultRing ring = Ledger.open(this.file).results();
			try {
				for (int i = 0; ring.isReady(i) | (ring.isHeldUp(i) && i < 10) | ring.poll(i) != null; i++) {
					assertThat(i).isLessThan(10_000);
				}
			}
			catch (ProtocolException ex) {
				refused++;
			}
		}
		assertThat(refused).isGreaterThan(2500);
	}

	@Test
	void whatTheParentHasReadShouldNotBeTheWorkersToSay() throws IOException {
		assertThat(this.worker.offer(1, 1, 0, payload(8))).isTrue();
		assertThat(this.parent.poll(0)).isNotNull();
		byte[] memory = Files.readAllBytes(this.file);
		ByteBuffer.wrap(memory).order(java.nio.ByteOrder.nativeOrder()).putLong(64 + 64, 12_344);
		Files.write(this.file, memory, StandardOpenOption.WRITE);
		assertThat(this.parent.isReady(0)).isFalse();
		assertThat(this.parent.poll(0)).isNull();
	}

	@Test
	void lengthBeyondWhatWasWrittenShouldBeNamed() throws IOException {
		assertThat(this.worker.offer(1, 1, 0, payload(8))).isTrue();
		byte[] memory = Files.readAllBytes(this.file);
		ByteBuffer.wrap(memory).order(java.nio.ByteOrder.nativeOrder()).putInt(64 + 192, 100);
		Files.write(this.file, memory, StandardOpenOption.WRITE);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.parent.poll(0))
			.withMessage("a result in memory claims 100 bytes, 32 were written");
	}

	private static Payload payload(int size) {
		return new Payload(List.of(ByteBuffer.wrap(bytes(size))), size, List.of());
	}

	private static byte[] bytes(int size) {
		byte[] bytes = new byte[size];
		for (int i = 0; i < size; i++) {
			bytes[i] = (byte) (size + i);
		}
		return bytes;
	}

}
