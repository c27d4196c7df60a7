package io.github.processpool.sample.chaos;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.processpool.DeferToProcess;
import io.github.processpool.ProcessWorker;

import org.springframework.stereotype.Service;

/**
 * Does to its JVM what native libraries, hostile input and careless code do. All of it
 * runs in workers of a pool of its own.
 */
@Service
@DeferToProcess("chaos")
class ChaosService {

	/**
	 * Writes to address 0.
	 */
	public CompletableFuture<String> segfault() throws ReflectiveOperationException {
		requireWorker("segfault");
		Class<?> type = Class.forName("sun.misc.Unsafe");
		Field field = type.getDeclaredField("theUnsafe");
		field.setAccessible(true);
		type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 0L, 0L);
		return survived();
	}

	/**
	 * Allocates until there is no heap left.
	 */
	public CompletableFuture<String> heap() {
		requireWorker("heap");
		List<byte[]> hoard = new ArrayList<>();
		while (hoard.size() < Integer.MAX_VALUE) {
			hoard.add(new byte[1024 * 1024]);
		}
		return survived();
	}

	/**
	 * Computes for ever and looks at no interrupt.
	 */
	@DeferToProcess(pool = "chaos", taskTimeout = "${chaos.spin-timeout}")
	public CompletableFuture<String> spin() {
		requireWorker("spin");
		double sum = 0;
		while (sum >= 0) {
			for (int i = 0; i < Integer.MAX_VALUE; i++) {
				sum += Math.sqrt(i);
			}
		}
		return survived();
	}

	/**
	 * Ends the JVM.
	 */
	public CompletableFuture<String> exit() {
		requireWorker("exit");
		System.exit(42);
		return survived();
	}

	/**
	 * Throws, which is the one thing here that a thread could do as well.
	 */
	public CompletableFuture<String> exception() {
		requireWorker("exception");
		throw new IllegalStateException("Thrown in process " + ProcessHandle.current().pid());
	}

	private static CompletableFuture<String> survived() {
		return CompletableFuture.completedFuture("Process " + ProcessHandle.current().pid() + " survived");
	}

	private static void requireWorker(String kind) {
		if (!ProcessWorker.isActive()) {
			throw new IllegalStateException("'" + kind + "' was refused because it would take the application itself "
					+ "down. It needs a worker: set 'process-pool.mode' to 'process'");
		}
	}

}
