package io.github.processpool.engine;

/**
 * The end of this JVM.
 */
final class JvmExit {

	private JvmExit() {
	}

	/**
	 * Whether it has begun: what is started now would not be stopped by anybody.
	 */
	static boolean hasBegun() {
		Thread probe = new Thread("processpool-probe");
		if (!call(probe)) {
			return true;
		}
		forget(probe);
		return false;
	}

	/**
	 * Has a thread started when it begins.
	 * @return {@code false} if it has begun
	 */
	static boolean call(Thread hook) {
		try {
			Runtime.getRuntime().addShutdownHook(hook);
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	/**
	 * Has a thread not started after all.
	 */
	static void forget(Thread hook) {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (IllegalStateException ex) {
			// Started by now
		}
	}

}
