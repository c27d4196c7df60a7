package io.github.processpool.observation.otel;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfoBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;

/**
 * Reads what {@link SpanWriter} wrote.
 */
final class SpanReader {

	private final DataInputStream in;

	private SpanReader(byte[] bytes) {
		this.in = new DataInputStream(new ByteArrayInputStream(bytes));
	}

	/**
	 * Reads a span.
	 * @throws IOException if it is cut or broken
	 */
	static SpanData read(byte[] bytes, Resource resource) throws IOException {
		try {
			return new SpanReader(bytes).span(resource);
		}
		catch (RuntimeException ex) {
			throw new IOException("a span of " + bytes.length + " bytes is broken", ex);
		}
	}

	private SpanData span(Resource resource) throws IOException {
		SpanContext context = context();
		SpanContext parent = context();
		String name = this.in.readUTF();
		SpanKind kind = SpanKind.valueOf(this.in.readUTF());
		StatusData status = StatusData.create(StatusCode.valueOf(this.in.readUTF()), this.in.readUTF());
		long start = this.in.readLong();
		long end = this.in.readLong();
		Attributes attributes = attributes();
		int totalAttributes = this.in.readInt();
		List<EventData> events = new ArrayList<>();
		for (int count = this.in.readUnsignedShort(); count > 0; count--) {
			String event = this.in.readUTF();
			events.add(EventData.create(this.in.readLong(), event, attributes()));
		}
		int totalEvents = this.in.readInt();
		List<LinkData> links = new ArrayList<>();
		for (int count = this.in.readUnsignedShort(); count > 0; count--) {
			links.add(LinkData.create(context(), attributes()));
		}
		return new ForwardedSpanData(context, parent, name, kind, status, start, end, attributes, totalAttributes,
				List.copyOf(events), totalEvents, List.copyOf(links), this.in.readInt(), scope(), resource);
	}

	private InstrumentationScopeInfo scope() throws IOException {
		InstrumentationScopeInfoBuilder builder = InstrumentationScopeInfo.builder(this.in.readUTF());
		String version = this.in.readUTF();
		if (!version.isEmpty()) {
			builder.setVersion(version);
		}
		String schema = this.in.readUTF();
		if (!schema.isEmpty()) {
			builder.setSchemaUrl(schema);
		}
		return builder.build();
	}

	private SpanContext context() throws IOException {
		String traceId = this.in.readUTF();
		String spanId = this.in.readUTF();
		TraceFlags flags = TraceFlags.fromByte(this.in.readByte());
		boolean remote = this.in.readBoolean();
		TraceStateBuilder state = TraceState.builder();
		for (int count = this.in.readUnsignedShort(); count > 0; count--) {
			state.put(this.in.readUTF(), this.in.readUTF());
		}
		return remote ? SpanContext.createFromRemoteParent(traceId, spanId, flags, state.build())
				: SpanContext.create(traceId, spanId, flags, state.build());
	}

	private Attributes attributes() throws IOException {
		AttributesBuilder builder = Attributes.builder();
		for (int count = this.in.readUnsignedShort(); count > 0; count--) {
			String key = this.in.readUTF();
			put(builder, key, AttributeType.valueOf(this.in.readUTF()));
		}
		return builder.build();
	}

	private void put(AttributesBuilder builder, String key, AttributeType type) throws IOException {
		switch (type) {
			case STRING -> builder.put(key, this.in.readUTF());
			case BOOLEAN -> builder.put(key, Boolean.parseBoolean(this.in.readUTF()));
			case LONG -> builder.put(key, Long.parseLong(this.in.readUTF()));
			case DOUBLE -> builder.put(key, Double.parseDouble(this.in.readUTF()));
			case STRING_ARRAY -> builder.put(AttributeKey.stringArrayKey(key), texts());
			case BOOLEAN_ARRAY ->
				builder.put(AttributeKey.booleanArrayKey(key), texts().stream().map(Boolean::valueOf).toList());
			case LONG_ARRAY ->
				builder.put(AttributeKey.longArrayKey(key), texts().stream().map(Long::valueOf).toList());
			case DOUBLE_ARRAY ->
				builder.put(AttributeKey.doubleArrayKey(key), texts().stream().map(Double::valueOf).toList());
			default -> throw new IOException("an attribute of type " + type);
		}
	}

	private List<String> texts() throws IOException {
		List<String> texts = new ArrayList<>();
		for (int count = this.in.readUnsignedShort(); count > 0; count--) {
			texts.add(this.in.readUTF());
		}
		return texts;
	}

}
