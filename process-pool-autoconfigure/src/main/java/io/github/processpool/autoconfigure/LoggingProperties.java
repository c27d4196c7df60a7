package io.github.processpool.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of what workers log.
 *
 * @since 0.1.0
 */
public class LoggingProperties {

	/**
	 * Whether the log events of workers are logged by the application, if both use
	 * Logback or both use Log4j 2. Otherwise workers log as they are configured, and what
	 * they print is logged line by line.
	 */
	private @Nullable Boolean forward;

	/**
	 * Number of log events, and of printed lines, that a worker may have a second, with
	 * bursts of up to five seconds' worth. What is beyond it is dropped and counted. 0
	 * means no limit.
	 */
	private @Nullable Integer rateLimit;

	public @Nullable Boolean getForward() {
		return this.forward;
	}

	public void setForward(@Nullable Boolean forward) {
		this.forward = forward;
	}

	public @Nullable Integer getRateLimit() {
		return this.rateLimit;
	}

	public void setRateLimit(@Nullable Integer rateLimit) {
		this.rateLimit = rateLimit;
	}

}
