package io.github.processpool.benchmarks.calls;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.processpool.ProcessPool;
import io.github.processpool.WorkerState;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * This library, through the annotated bean of a Spring context.
 */
public class PoolContender extends CallingContender {

	/** Name of the contender. */
	public static final String NAME = "process-pool";

	private final ConfigurableApplicationContext context;

	private final CallsService service;

	private final ProcessPool pool;

	/**
	 * Starts an application and waits for its workers.
	 * @param workers how many
	 * @param args more properties, as {@code --name=value}
	 */
	public PoolContender(int workers, String... args) {
		this.context = CallsApplication.run(Map.of("process-pool.core-size", workers, "process-pool.max-size", workers,
				"process-pool.start", "eager", "process-pool.queue-capacity", 200_000), args);
		this.service = this.context.getBean(CallsService.class);
		this.pool = this.context.getBean(ProcessPool.class);
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (this.pool.snapshot().workers(WorkerState.IDLE) < workers) {
			if (System.nanoTime() - deadline > 0) {
				throw new IllegalStateException("No worker after a minute: " + this.pool.snapshot());
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
		}
	}

	public CallsService service() {
		return this.service;
	}

	public ProcessPool pool() {
		return this.pool;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	int call(int value) throws Exception {
		return this.service.noop(value).get();
	}

	@Override
	Future<Integer> submit(int value) {
		return this.service.noop(value);
	}

	@Override
	byte[] echo(byte[] value) {
		return this.service.echo(value);
	}

	@Override
	List<Item> echo(List<Item> value) {
		return this.service.echoItems(value);
	}

	@Override
	Future<Integer> burn(int millis) {
		return this.service.burn(millis);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
