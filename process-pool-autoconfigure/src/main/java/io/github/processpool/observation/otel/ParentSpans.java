package io.github.processpool.observation.otel;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

import io.github.processpool.engine.SpanSink;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.function.SingletonSupplier;

/**
 * Hands spans that ended in workers to the span processors of the application, which
 * export them as they do its own.
 *
 * @since 0.1.0
 */
public final class ParentSpans implements SpanSink {

	private static final Logger logger = LoggerFactory.getLogger(ParentSpans.class);

	private final SingletonSupplier<List<SpanProcessor>> processors;

	private final SingletonSupplier<Resource> resource;

	/**
	 * Creates a sink.
	 * @param processors supplies the processors
	 * @param resource supplies what the application tells of itself
	 */
	public ParentSpans(Supplier<List<SpanProcessor>> processors, Supplier<Resource> resource) {
		this.processors = SingletonSupplier.of(processors);
		this.resource = SingletonSupplier.of(resource);
	}

	@Override
	public void ended(byte[] span) {
		SpanData data;
		try {
			data = SpanReader.read(span, this.resource.obtain());
		}
		catch (IOException ex) {
			logger.debug("a span of a worker is lost", ex);
			return;
		}
		for (SpanProcessor processor : this.processors.obtain()) {
			if (processor.isEndRequired()) {
				processor.onEnd(new ForwardedSpan(data));
			}
		}
	}

}
