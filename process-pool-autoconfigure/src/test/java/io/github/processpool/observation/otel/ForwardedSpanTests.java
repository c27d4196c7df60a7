package io.github.processpool.observation.otel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the way of a span from a worker to the span processors of the application.
 */
class ForwardedSpanTests {

	private static final Resource RESOURCE = Resource
		.create(Attributes.of(AttributeKey.stringKey("service.name"), "x"));

	private final List<byte[]> sent = new ArrayList<>();

	@Test
	void spanShouldArriveAsItWas() {
		SpanData original = record(new WorkerSpanProcessor(this.sent::add, true));
		Collector collector = new Collector();
		new ParentSpans(() -> List.of(collector), () -> RESOURCE).ended(this.sent.get(0));
		assertThat(collector.spans).singleElement().satisfies((span) -> {
			SpanData data = span.toSpanData();
			assertThat(data.getSpanContext()).isEqualTo(original.getSpanContext());
			assertThat(data.getParentSpanContext()).isEqualTo(original.getParentSpanContext());
			assertThat(data.getName()).isEqualTo("näme");
			assertThat(data.getKind()).isEqualTo(SpanKind.CONSUMER);
			assertThat(data.getStatus()).isEqualTo(original.getStatus());
			assertThat(data.getStartEpochNanos()).isEqualTo(original.getStartEpochNanos());
			assertThat(data.getEndEpochNanos()).isEqualTo(original.getEndEpochNanos());
			assertThat(data.getAttributes().asMap()).isEqualTo(original.getAttributes().asMap());
			assertThat(data.getEvents()).hasSize(1);
			assertThat(data.getEvents().get(0).getAttributes()).isEqualTo(original.getEvents().get(0).getAttributes());
			assertThat(data.getLinks()).isEqualTo(original.getLinks());
			assertThat(data.getInstrumentationScopeInfo()).isEqualTo(original.getInstrumentationScopeInfo());
			assertThat(data.getResource()).isEqualTo(RESOURCE);
			assertThat(span.getAttribute(AttributeKey.longKey("long"))).isEqualTo(7);
			assertThat(span.getLatencyNanos()).isEqualTo(2_000_000);
		});
	}

	@Test
	void brokenSpanShouldBeLostAndNoMore() {
		record(new WorkerSpanProcessor(this.sent::add, true));
		byte[] bytes = this.sent.get(0);
		Collector collector = new Collector();
		for (int length = 0; length < bytes.length; length++) {
			byte[] cut = Arrays.copyOf(bytes, length);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> SpanReader.read(cut, RESOURCE));
			new ParentSpans(() -> List.of(collector), () -> RESOURCE).ended(cut);
		}
		assertThat(collector.spans).isEmpty();
	}

	@Test
	void nothingShouldBeSentIfWorkersExport() {
		WorkerSpanProcessor processor = new WorkerSpanProcessor(this.sent::add, false);
		record(processor);
		assertThat(processor.isEndRequired()).isFalse();
		assertThat(this.sent).isEmpty();
	}

	private static SpanData record(SpanProcessor processor) {
		Collector collector = new Collector();
		SpanContext parent = SpanContext.createFromRemoteParent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331",
				TraceFlags.getSampled(), TraceState.builder().put("vendor", "value").build());
		try (SdkTracerProvider provider = SdkTracerProvider.builder()
			.addSpanProcessor(processor)
			.addSpanProcessor(collector)
			.build()) {
			provider.tracerBuilder("scope")
				.setInstrumentationVersion("1")
				.build()
				.spanBuilder("näme")
				.setParent(Context.root().with(Span.wrap(parent)))
				.setSpanKind(SpanKind.CONSUMER)
				.setStartTimestamp(1_000_000, TimeUnit.NANOSECONDS)
				.addLink(parent, Attributes.of(AttributeKey.stringKey("link"), "1"))
				.setAttribute("text", "tëxt")
				.setAttribute("long", 7)
				.setAttribute("double", 1.5)
				.setAttribute("boolean", true)
				.setAttribute(AttributeKey.stringArrayKey("texts"), List.of("a", "b"))
				.setAttribute(AttributeKey.longArrayKey("longs"), List.of(1L, 2L))
				.startSpan()
				.addEvent("event", Attributes.of(AttributeKey.stringKey("why"), "because"))
				.setStatus(StatusCode.ERROR, "broken")
				.end(3_000_000, TimeUnit.NANOSECONDS);
		}
		return collector.spans.get(0).toSpanData();
	}

	/**
	 * Collects what has ended.
	 */
	private static final class Collector implements SpanProcessor {

		private final List<ReadableSpan> spans = new ArrayList<>();

		@Override
		public void onStart(Context context, ReadWriteSpan span) {
		}

		@Override
		public boolean isStartRequired() {
			return false;
		}

		@Override
		public void onEnd(ReadableSpan span) {
			this.spans.add(span);
		}

		@Override
		public boolean isEndRequired() {
			return true;
		}

	}

}
