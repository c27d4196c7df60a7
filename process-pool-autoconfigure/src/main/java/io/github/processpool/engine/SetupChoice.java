package io.github.processpool.engine;

import io.github.processpool.engine.RuntimeSetup.Launch;
import io.github.processpool.engine.RuntimeSetup.Objection;
import io.github.processpool.engine.launch.LaunchMemory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one worker is told to set up. When that fails and something else is possible, it
 * is launched again with that, and later starts of the application are spared the
 * failure. Confined to one thread.
 */
final class SetupChoice {

	private static final Logger logger = LoggerFactory.getLogger(SetupChoice.class);

	private final String worker;

	private final RuntimeSetup setup;

	private @Nullable Launch current;

	private @Nullable LaunchMemory memory;

	private String reason = "";

	SetupChoice(String worker, RuntimeSetup setup) {
		this.worker = worker;
		this.setup = setup;
	}

	Launch current() {
		Launch launch = this.current;
		if (launch == null) {
			launch = this.setup.prepare();
			this.current = launch;
		}
		return launch;
	}

	/**
	 * Falls back if the current setup was given up in an earlier start of the
	 * application.
	 * @param memory what is known of it
	 * @return whether the current setup is another now
	 */
	boolean fallBackAsBefore(@Nullable LaunchMemory memory) {
		String known = (memory != null) ? memory.recall() : null;
		return known != null && fallBack(new Objection(known + " (known from an earlier start)", false), null);
	}

	/**
	 * Gives the current setup up if something else is possible.
	 * @param objection why
	 * @param memory where that is remembered, if it lasts, once the other setup has
	 * worked, or {@code null}
	 * @return whether the current setup is another now
	 */
	boolean fallBack(Objection objection, @Nullable LaunchMemory memory) {
		Launch next = current().instead(objection.reason());
		if (next == null) {
			return false;
		}
		logger.debug("worker {} is launched with another setup: {}", this.worker, objection.reason());
		this.current = next;
		this.memory = objection.lasting() ? memory : null;
		this.reason = objection.reason();
		return true;
	}

	/**
	 * The current setup has worked.
	 */
	void ready() {
		current().ready();
		if (this.memory != null) {
			this.memory.remember(this.reason);
			this.memory = null;
		}
	}

}
