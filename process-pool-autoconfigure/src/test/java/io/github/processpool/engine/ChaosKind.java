package io.github.processpool.engine;

import java.util.Random;

/**
 * What a task of the chaos run does, and how often it is drawn.
 */
enum ChaosKind {

	/** Returns a number. */
	QUICK(240),

	/** Computes for some milliseconds. */
	BUSY(30),

	/** Sleeps for up to 150 ms. */
	SLEEP(15),

	/** Takes bytes and gives them back. */
	ECHO(40),

	/** Computes until it is stopped. */
	SPIN(3),

	/** Throws. */
	THROW(8),

	/** Cannot be sent. */
	BAD_ARGUMENT(3),

	/** Cannot send its result. */
	BAD_RESULT(3),

	/** Calls {@code System.exit}. */
	EXIT(2),

	/** Calls {@code Runtime.halt}. */
	HALT(2),

	/** Crashes the JVM. */
	SEGFAULT(1),

	/** Fills the heap. */
	EXHAUST_HEAP(1);

	private final int weight;

	ChaosKind(int weight) {
		this.weight = weight;
	}

	static ChaosKind draw(Random random) {
		int sum = 0;
		for (ChaosKind kind : values()) {
			sum += kind.weight;
		}
		int left = random.nextInt(sum);
		for (ChaosKind kind : values()) {
			left -= kind.weight;
			if (left < 0) {
				return kind;
			}
		}
		throw new IllegalStateException("weights do not sum up");
	}

	/**
	 * Whether a task of this kind ends its worker.
	 */
	boolean endsWorker() {
		return this == EXIT || this == HALT || this == SEGFAULT || this == EXHAUST_HEAP;
	}

}
