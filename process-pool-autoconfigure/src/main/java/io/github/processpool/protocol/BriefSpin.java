package io.github.processpool.protocol;

/**
 * Decides whether a thread that waits for its peer looks again and again for a short time
 * before it blocks. Waking a thread on a processor that sleeps takes longer than all else
 * that a short call does. A look that was in vain costs up to 50 µs of processor time, so
 * that after each the next ones are left out: one more, then two, then four, up to 1024.
 * An idle peer costs nothing, since its first wait is its last.
 * <p>
 * With one processor there is no spinning: it would only keep the peer from running.
 * <p>
 * Not thread-safe.
 */
public final class BriefSpin {

	private static final long LIMIT_NANOS = 50_000;

	private static final int LONGEST_PAUSE = 1024;

	private final boolean sensible;

	/** Waits to leave out after the next one in vain. */
	private int pause = 1;

	/** Waits still to be left out. */
	private int left;

	private long startNanos;

	/**
	 * For a peer in another process of this machine.
	 */
	public BriefSpin() {
		this(Runtime.getRuntime().availableProcessors());
	}

	BriefSpin(int processors) {
		this.sensible = processors > 1;
	}

	/**
	 * Begins a wait.
	 * @return whether to spin
	 */
	public boolean begin() {
		if (!this.sensible) {
			return false;
		}
		if (this.left > 0) {
			this.left--;
			return false;
		}
		this.startNanos = System.nanoTime();
		return true;
	}

	/**
	 * Lets other threads go first that want to run.
	 * @return whether to look once more
	 */
	public boolean again() {
		if (System.nanoTime() - this.startNanos < LIMIT_NANOS) {
			Thread.yield();
			return true;
		}
		this.left = this.pause;
		this.pause = Math.min(LONGEST_PAUSE, this.pause * 2);
		return false;
	}

	/**
	 * The peer came while this thread was spinning.
	 */
	public void found() {
		this.pause = Math.max(1, this.pause / 2);
	}

}
