package io.github.processpool.observation.otel;

import java.util.function.Consumer;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/**
 * Sends spans that end in a worker to the application, at once: a worker may not live to
 * do it later.
 *
 * @since 0.1.0
 */
public final class WorkerSpanProcessor implements SpanProcessor {

	private final Consumer<byte[]> output;

	private final boolean active;

	/**
	 * Creates a processor.
	 * @param output takes spans as {@link ParentSpans} reads them
	 * @param active whether to send at all
	 */
	public WorkerSpanProcessor(Consumer<byte[]> output, boolean active) {
		this.output = output;
		this.active = active;
	}

	@Override
	public void onStart(Context parent, ReadWriteSpan span) {
	}

	@Override
	public boolean isStartRequired() {
		return false;
	}

	@Override
	public void onEnd(ReadableSpan span) {
		if (this.active && span.getSpanContext().isSampled()) {
			this.output.accept(SpanWriter.write(span.toSpanData()));
		}
	}

	@Override
	public boolean isEndRequired() {
		return this.active;
	}

}
