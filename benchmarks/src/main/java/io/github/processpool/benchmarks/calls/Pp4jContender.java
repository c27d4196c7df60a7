package io.github.processpool.benchmarks.calls;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

import net.viktorc.pp4j.impl.JavaProcessPoolExecutor;
import net.viktorc.pp4j.impl.SimpleJavaProcessOptions;

/**
 * PP4J, a pool of JVMs that are talked to over their standard streams.
 */
public final class Pp4jContender extends CallingContender {

	/** Name of the contender. */
	public static final String NAME = "PP4J";

	private final JavaProcessPoolExecutor pool;

	/**
	 * Starts the pool.
	 * @param workers how many
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	public Pp4jContender(int workers) throws InterruptedException {
		this.pool = new JavaProcessPoolExecutor(new SimpleJavaProcessOptions(0, 1024, 0, 0), workers, workers, 0, null,
				false);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	int call(int value) throws Exception {
		return submit(value).get();
	}

	@Override
	Future<Integer> submit(int value) {
		return submit(() -> value);
	}

	@Override
	byte[] echo(byte[] value) throws Exception {
		return submit(() -> value).get();
	}

	@Override
	List<Item> echo(List<Item> value) throws Exception {
		return submit(() -> value).get();
	}

	@Override
	Future<Integer> burn(int millis) {
		return submit(() -> Work.burn(millis));
	}

	private <T> Future<T> submit(Task<T> task) {
		return this.pool.submit(task, false);
	}

	@Override
	public void close() {
		this.pool.shutdownNow();
	}

	/**
	 * A task that can be sent.
	 *
	 * @param <T> the type of its result
	 */
	@FunctionalInterface
	private interface Task<T> extends Callable<T>, Serializable {

	}

}
