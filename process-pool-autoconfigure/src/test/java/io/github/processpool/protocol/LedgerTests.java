package io.github.processpool.protocol;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who has a task: the worker that started it, or the parent that took it back.
 */
@Timeout(60)
class LedgerTests {

	@TempDir
	private Path directory;

	private Ledger parent;

	private Ledger worker;

	@BeforeEach
	void open() throws IOException {
		this.parent = Ledger.create(this.directory.resolve("ledger"));
		this.worker = Ledger.open(this.directory.resolve("ledger"));
	}

	@Test
	void startAndEndShouldBeSeenByTheOther() {
		assertThat(this.parent.isStarted(1)).isFalse();
		assertThat(this.worker.start(1)).isTrue();
		assertThat(this.parent.isStarted(1)).isTrue();
		assertThat(this.parent.isStarted(2)).isFalse();
		assertThat(this.parent.isEnded(1)).isFalse();
		this.worker.end(1);
		assertThat(this.parent.isEnded(1)).isTrue();
	}

	@Test
	void recallShouldTakeBackWhatHasNotStarted() {
		this.worker.start(5);
		assertThat(this.parent.recall(8)).isEqualTo(5);
		assertThat(this.worker.start(6)).isFalse();
		assertThat(this.worker.start(8)).isFalse();
		assertThat(this.parent.isStarted(6)).isFalse();
		assertThat(this.worker.start(9)).isTrue();
		assertThat(this.parent.recall(9)).isEqualTo(9);
	}

	@Test
	void recallOfLessShouldNotGiveBackWhatWasTaken() {
		this.worker.start(5);
		this.parent.recall(8);
		assertThat(this.parent.recall(5)).isEqualTo(5);
		assertThat(this.worker.start(6)).isFalse();
	}

	@Test
	void everyTaskShouldBeStartedOrTakenBackNeverBoth() throws Exception {
		int rounds = 30_000;
		AtomicLong sent = new AtomicLong();
		AtomicLong reached = new AtomicLong();
		List<Long> started = new ArrayList<>();
		Thread thread = new Thread(() -> {
			for (long id = 1; id <= rounds; id++) {
				while (sent.get() < id) {
					Thread.yield();
				}
				reached.set(id);
				if (this.worker.start(id)) {
					started.add(id);
				}
			}
		});
		thread.start();
		List<Long> kept = new ArrayList<>();
		long first = 1;
		for (long last = 3; last <= rounds; last += 3) {
			sent.set(last);
			while (last % 2 == 0 && reached.get() < first) {
				Thread.yield();
			}
			long limit = this.parent.recall(last);
			for (long id = first; id <= last; id++) {
				if (id <= limit) {
					kept.add(id);
				}
			}
			first = last + 1;
		}
		sent.set(rounds);
		thread.join();
		started.removeIf((id) -> id > rounds - rounds % 3);
		assertThat(started).isEqualTo(kept).hasSizeBetween(1, rounds - 1);
	}

}
