package io.github.processpool.aop;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * What the caller of a deferred method gets.
 */
enum ReturnKind {

	/** A future, at once. */
	FUTURE,

	/** Nothing; the caller does not wait. */
	NOTHING,

	/** The value; the caller waits. */
	VALUE;

	private static final Set<Class<?>> FUTURES = Set.of(CompletableFuture.class, CompletionStage.class, Future.class);

	static ReturnKind of(Class<?> type) {
		if (FUTURES.contains(type)) {
			return FUTURE;
		}
		return (type == void.class) ? NOTHING : VALUE;
	}

}
