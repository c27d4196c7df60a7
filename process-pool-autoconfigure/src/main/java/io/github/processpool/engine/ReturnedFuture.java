package io.github.processpool.engine;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * Waits for a future that a task returned, as a worker does.
 */
final class ReturnedFuture {

	private ReturnedFuture() {
	}

	static @Nullable Object await(@Nullable Object result) throws Throwable {
		try {
			if (result instanceof CompletionStage<?> stage) {
				return stage.toCompletableFuture().get();
			}
			return (result instanceof Future<?> future) ? future.get() : result;
		}
		catch (ExecutionException | CompletionException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
	}

}
