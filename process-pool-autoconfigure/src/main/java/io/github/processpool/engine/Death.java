package io.github.processpool.engine;

import java.util.List;
import java.util.Set;

import io.github.processpool.ExitReason;
import org.jspecify.annotations.Nullable;

/**
 * What the remains of a worker tell.
 *
 * @param exitCode exit code of the process, or -1 if there was none or it is not known
 * @param signal name of the signal that ended it, or {@code null}
 * @param outOfMemory whether it is proven to have run out of memory
 * @param stdoutTail last lines of its standard output
 * @param stderrTail last lines of its standard error
 * @param errorLog excerpt of the error log of the JVM, or {@code null}
 * @param detail one line on what is known beyond the exit code, or {@code null}
 */
record Death(int exitCode, @Nullable String signal, boolean outOfMemory, List<String> stdoutTail,
		List<String> stderrTail, @Nullable String errorLog, @Nullable String detail) {

	private static final Set<String> OTHERS_SIGNALS = Set.of("SIGKILL", "SIGTERM", "SIGINT", "SIGHUP");

	/**
	 * Nothing but that it is dead.
	 */
	static Death unknown(@Nullable String detail) {
		return new Death(-1, null, false, List.of(), List.of(), null, detail);
	}

	Death withDetail(String newDetail) {
		return new Death(this.exitCode, this.signal, this.outOfMemory, this.stdoutTail, this.stderrTail, this.errorLog,
				newDetail);
	}

	/**
	 * Whether somebody else ended it, through no fault of its own.
	 */
	boolean isByOthers() {
		return this.signal != null && OTHERS_SIGNALS.contains(this.signal);
	}

	ExitReason reason() {
		return this.outOfMemory ? ExitReason.OUT_OF_MEMORY : ExitReason.CRASHED;
	}

}
