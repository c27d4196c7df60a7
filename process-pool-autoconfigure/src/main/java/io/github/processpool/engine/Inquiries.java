package io.github.processpool.engine;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Questions to one worker whose answers are texts. An answer may never come, so whoever
 * asks has to limit the wait. Safe for use by many threads.
 */
final class Inquiries {

	private final AtomicLong lastId = new AtomicLong();

	private final Map<Long, CompletableFuture<String>> open = new ConcurrentHashMap<>();

	private volatile boolean closed;

	/**
	 * Opens a question.
	 * @param id gets its number, with which the question is sent
	 * @return the answer
	 */
	CompletableFuture<String> ask(LongConsumer id) {
		long number = this.lastId.incrementAndGet();
		CompletableFuture<String> answer = new CompletableFuture<>();
		this.open.put(number, answer);
		answer.whenComplete((text, failure) -> this.open.remove(number));
		id.accept(number);
		if (this.closed) {
			close();
		}
		return answer;
	}

	/**
	 * An answer has come.
	 */
	void answered(long id, String text) {
		CompletableFuture<String> answer = this.open.get(id);
		if (answer != null) {
			answer.complete(text);
		}
	}

	/**
	 * No answer will come any more.
	 */
	void close() {
		this.closed = true;
		this.open.values()
			.forEach((answer) -> answer
				.completeExceptionally(new IOException("the worker ended before it had answered")));
	}

}
