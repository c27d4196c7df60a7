package io.github.processpool.engine;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What workers are told to set up, and what is thought of the result. Safe for use by
 * many threads.
 */
public interface RuntimeSetup {

	/**
	 * Makes what one worker is to set up; called for each, because it may change.
	 * @return the setup of one worker
	 */
	Launch prepare();

	/**
	 * A setup that is the only one possible.
	 * @param settings makes what the runtime needs
	 * @return the setup
	 */
	static RuntimeSetup of(Supplier<byte[]> settings) {
		return () -> {
			byte[] bytes = settings.get();
			return () -> bytes;
		};
	}

	/**
	 * The setup of one worker.
	 */
	@FunctionalInterface
	interface Launch {

		/**
		 * What its runtime needs.
		 * @return bytes in a format of its own
		 */
		byte[] settings();

		/**
		 * Tells setups apart that load other classes.
		 * @return any text
		 */
		default String profile() {
			return "";
		}

		/**
		 * Looks at what the worker says when it is ready.
		 * @param report its report
		 * @return why it must not run tasks, or {@code null} if it may
		 */
		default @Nullable Objection objection(byte[] report) {
			return null;
		}

		/**
		 * Gives this setup up, for all workers.
		 * @param reason why
		 * @return what to set up instead, or {@code null} if nothing else is possible
		 */
		default @Nullable Launch instead(String reason) {
			return null;
		}

		/**
		 * A worker with this setup is ready.
		 */
		default void ready() {
		}

	}

	/**
	 * Why a worker must not run tasks.
	 *
	 * @param reason one sentence
	 * @param lasting whether that is as true at the next start of the application
	 */
	record Objection(String reason, boolean lasting) {
	}

}
