package io.github.processpool.engine;

import io.github.processpool.TaskEvent.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a task in its final form.
 *
 * @param outcome what became of the task
 * @param value its value
 * @param failure why it has none, or {@code null}
 */
record Delivery(Outcome outcome, @Nullable Object value, @Nullable Throwable failure) {

	static Delivery value(@Nullable Object value) {
		return new Delivery(Outcome.SUCCESS, value, null);
	}

	static Delivery failure(Outcome outcome, Throwable failure) {
		return new Delivery(outcome, null, failure);
	}

}
