package io.github.processpool.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

import io.github.processpool.protocol.TokenBucket;
import org.slf4j.Logger;

/**
 * Both streams that a worker prints to. Safe for use by many threads.
 */
final class WorkerOutput {

	/** How long the end of a stream is waited for; a grandchild can hold it open. */
	private static final long END_MILLIS = 100;

	private static final int STDOUT = 1;

	private static final int STDERR = 2;

	private final OutputPump stdout;

	private final OutputPump stderr;

	/**
	 * Prepares to read.
	 * @param process the process that prints
	 * @param logger where lines are logged
	 * @param rate lines a second at most, or 0 for no limit
	 * @param limit what messages call that limit
	 * @param tags what stands in their MDC
	 */
	WorkerOutput(Process process, Logger logger, int rate, String limit, Map<String, String> tags) {
		TokenBucket bucket = new TokenBucket(rate);
		this.stdout = new OutputPump(process.getInputStream(), HeldPipe.of(process.pid(), STDOUT), logger, bucket,
				limit, tags);
		this.stderr = new OutputPump(process.getErrorStream(), HeldPipe.of(process.pid(), STDERR), logger, bucket,
				limit, tags);
	}

	void start(ThreadFactory threads) {
		this.stdout.start(threads);
		this.stderr.start(threads);
	}

	/**
	 * Remembers lines as if they had been printed to standard error.
	 * @param lines makes the lines
	 */
	void remember(Supplier<List<String>> lines) {
		this.stderr.remember(lines);
	}

	List<String> stdoutTail() {
		return this.stdout.tail(END_MILLIS);
	}

	List<String> stderrTail() {
		return this.stderr.tail(END_MILLIS);
	}

	void close() {
		this.stdout.close();
		this.stderr.close();
	}

}
