package io.github.processpool.observation.otel;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;

/**
 * Writes a span that has ended. Its resource is not written: it is the application's.
 */
final class SpanWriter {

	/** What is longer is cut: a span is no place for documents. */
	private static final int LONGEST_TEXT = 10_000;

	private static final int MOST_PARTS = 128;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

	private final DataOutputStream out = new DataOutputStream(this.bytes);

	private SpanWriter() {
	}

	static byte[] write(SpanData span) {
		SpanWriter writer = new SpanWriter();
		try {
			writer.span(span);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return writer.bytes.toByteArray();
	}

	private void span(SpanData span) throws IOException {
		context(span.getSpanContext());
		context(span.getParentSpanContext());
		text(span.getName());
		text(span.getKind().name());
		text(span.getStatus().getStatusCode().name());
		text(span.getStatus().getDescription());
		this.out.writeLong(span.getStartEpochNanos());
		this.out.writeLong(span.getEndEpochNanos());
		attributes(span.getAttributes());
		this.out.writeInt(span.getTotalAttributeCount());
		List<EventData> events = first(span.getEvents());
		this.out.writeShort(events.size());
		for (EventData event : events) {
			text(event.getName());
			this.out.writeLong(event.getEpochNanos());
			attributes(event.getAttributes());
		}
		this.out.writeInt(span.getTotalRecordedEvents());
		List<LinkData> links = first(span.getLinks());
		this.out.writeShort(links.size());
		for (LinkData link : links) {
			context(link.getSpanContext());
			attributes(link.getAttributes());
		}
		this.out.writeInt(span.getTotalRecordedLinks());
		text(span.getInstrumentationScopeInfo().getName());
		text(orEmpty(span.getInstrumentationScopeInfo().getVersion()));
		text(orEmpty(span.getInstrumentationScopeInfo().getSchemaUrl()));
	}

	private static <T> List<T> first(List<T> parts) {
		return parts.subList(0, Math.min(MOST_PARTS, parts.size()));
	}

	private void context(SpanContext context) throws IOException {
		text(context.getTraceId());
		text(context.getSpanId());
		this.out.writeByte(context.getTraceFlags().asByte());
		this.out.writeBoolean(context.isRemote());
		Map<String, String> state = context.getTraceState().asMap();
		this.out.writeShort(state.size());
		for (Map.Entry<String, String> entry : state.entrySet()) {
			text(entry.getKey());
			text(entry.getValue());
		}
	}

	private void attributes(Attributes attributes) throws IOException {
		List<Map.Entry<AttributeKey<?>, Object>> entries = first(List.copyOf(attributes.asMap().entrySet()));
		this.out.writeShort(entries.size());
		for (Map.Entry<AttributeKey<?>, Object> entry : entries) {
			text(entry.getKey().getKey());
			value(entry.getKey().getType(), entry.getValue());
		}
	}

	private void value(AttributeType type, Object value) throws IOException {
		switch (type) {
			case BOOLEAN, LONG, DOUBLE -> {
				text(type.name());
				text(value.toString());
			}
			case STRING_ARRAY, BOOLEAN_ARRAY, LONG_ARRAY, DOUBLE_ARRAY -> {
				List<?> list = first((List<?>) value);
				text(type.name());
				this.out.writeShort(list.size());
				for (Object element : list) {
					text(String.valueOf(element));
				}
			}
			default -> {
				text(AttributeType.STRING.name());
				text(String.valueOf(value));
			}
		}
	}

	private void text(String text) throws IOException {
		this.out.writeUTF((text.length() <= LONGEST_TEXT) ? text : text.substring(0, LONGEST_TEXT) + "...");
	}

	private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
		return (text != null) ? text : "";
	}

}
