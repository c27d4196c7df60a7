package io.github.processpool.sample.chaos;

import io.github.processpool.TaskTimeoutException;
import io.github.processpool.WorkerCrashedException;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended that went wrong on purpose.
 *
 * @param kind what was done
 * @param exception class of the exception that the future failed with
 * @param message its message
 * @param pid the process that it happened in, {@code null} if the exception does not tell
 * @param exitCode exit code of that process, {@code null} if it did not end by itself
 * @param signal signal that ended it, {@code null} if none is known
 * @param millis time from the call to its end
 * @param serverPid the process that made the call, alive and well
 */
record ChaosReport(String kind, String exception, @Nullable String message, @Nullable Long pid,
		@Nullable Integer exitCode, @Nullable String signal, long millis, long serverPid) {

	static ChaosReport of(String kind, Throwable failure, long millis) {
		Long pid = null;
		Integer exitCode = null;
		String signal = null;
		if (failure instanceof WorkerCrashedException crash) {
			pid = crash.getPid();
			exitCode = crash.getExitCode();
			signal = crash.getSignal().orElse(null);
		}
		else if (failure instanceof TaskTimeoutException timeout) {
			pid = timeout.getPid();
		}
		return new ChaosReport(kind, failure.getClass().getName(), failure.getMessage(), pid, exitCode, signal, millis,
				ProcessHandle.current().pid());
	}

}
