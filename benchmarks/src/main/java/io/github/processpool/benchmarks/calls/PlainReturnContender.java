package io.github.processpool.benchmarks.calls;

import java.time.Duration;

/**
 * This library once more, where the method returns a plain value and not a future. Does
 * {@link Workload#ONE_AT_A_TIME} only: the caller waits.
 */
final class PlainReturnContender implements Contender {

	private final CallsService service;

	PlainReturnContender(CallsService service) {
		this.service = service;
	}

	@Override
	public String name() {
		return PoolContender.NAME + ", plain return";
	}

	@Override
	public double[] measure(Workload workload, Duration time) throws Exception {
		return (workload == Workload.ONE_AT_A_TIME) ? CallingContender.oneAtATime(time.toNanos(), this.service::noopNow)
				: new double[0];
	}

	@Override
	public void close() {
		// The context is closed by the contender that made it
	}

}
