package io.github.processpool.observed;

import java.lang.reflect.Field;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;

import io.github.processpool.ProcessTask;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Tasks of workers without a context. To load this class uses no logging system.
 */
final class Hushed {

	static final String LOGGER = "hushed.slf4j";

	static final String JAVA_LOGGER = "hushed.java";

	private Hushed() {
	}

	/**
	 * Whether anything in this JVM has used SLF4J.
	 */
	static ProcessTask<Boolean> isLoggingUsed() {
		return () -> {
			Field state = LoggerFactory.class.getDeclaredField("INITIALIZATION_STATE");
			state.setAccessible(true);
			return state.getInt(null) != 0;
		};
	}

	static ProcessTask<Void> log(String text) {
		return () -> {
			LoggerFactory.getLogger(LOGGER).debug("debug {}", text);
			LoggerFactory.getLogger(LOGGER).info("info {}", text);
			return null;
		};
	}

	static ProcessTask<Void> logByJava(String text) {
		return () -> {
			java.util.logging.Logger.getLogger(JAVA_LOGGER).log(Level.FINE, "fine {0}", text);
			java.util.logging.Logger.getLogger(JAVA_LOGGER).log(Level.INFO, "info {0}", text);
			return null;
		};
	}

	/**
	 * Both for the first time, at the same time.
	 */
	static ProcessTask<Void> logByBoth(String text) {
		return () -> {
			CyclicBarrier barrier = new CyclicBarrier(2);
			CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
				await(barrier);
				java.util.logging.Logger.getLogger(JAVA_LOGGER).info("by java " + text);
			}, (task) -> new Thread(task).start());
			await(barrier);
			LoggerFactory.getLogger(LOGGER).info("by slf4j {}", text);
			return other.get(10, TimeUnit.SECONDS);
		};
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static ProcessTask<Void> put(String key, String value) {
		return () -> {
			MDC.put(key, value);
			return null;
		};
	}

	static ProcessTask<String> get(String key) {
		return () -> String.valueOf(MDC.get(key));
	}

}
