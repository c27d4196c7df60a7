package io.github.processpool.benchmarks.calls;

import io.github.processpool.ProcessTask;

/**
 * Tells in which process it runs.
 */
public record PidTask() implements ProcessTask<Long> {

	@Override
	public Long call() {
		return ProcessHandle.current().pid();
	}

}
