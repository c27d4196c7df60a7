package io.github.processpool.engine;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Waits for outcomes, for a bounded time: what runs out of it is called a deadlock, with
 * the stacks of all threads.
 */
public final class Failures {

	private static final int SECONDS = 30;

	private Failures() {
	}

	/** The failure of a task, which has to be of exactly that type. */
	public static <X extends Throwable> X of(Class<X> type, CompletableFuture<?> future) {
		Throwable failure;
		try {
			Object value = future.get(SECONDS, TimeUnit.SECONDS);
			throw new AssertionError("expected " + type.getSimpleName() + " but got the value " + value);
		}
		catch (ExecutionException ex) {
			failure = ex.getCause();
		}
		catch (CancellationException ex) {
			// From Java 23 on the one that was thrown there is the cause
			failure = (ex.getCause() instanceof CancellationException cause) ? cause : ex;
		}
		catch (InterruptedException | TimeoutException ex) {
			throw deadlock(ex);
		}
		assertThat(failure).isExactlyInstanceOf(type);
		FaultReport.happened(failure.getClass().getSimpleName() + ": " + failure.getMessage());
		return type.cast(failure);
	}

	/** The value of a task. */
	public static <T> T value(CompletableFuture<T> future) {
		try {
			T value = future.get(SECONDS, TimeUnit.SECONDS);
			FaultReport.happened("a value");
			return value;
		}
		catch (ExecutionException ex) {
			throw new AssertionError("expected a value", ex.getCause());
		}
		catch (InterruptedException | TimeoutException ex) {
			throw deadlock(ex);
		}
	}

	private static AssertionError deadlock(Exception cause) {
		StringBuilder text = new StringBuilder("deadlock");
		for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
			text.append('\n').append(each.getKey());
			for (StackTraceElement frame : each.getValue()) {
				text.append("\n\tat ").append(frame);
			}
		}
		return new AssertionError(text.toString(), cause);
	}

}
