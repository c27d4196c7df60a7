package io.github.processpool.observation.otel;

import java.util.List;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;

/**
 * A span that has ended in a worker.
 */
record ForwardedSpanData(SpanContext context, SpanContext parent, String name, SpanKind kind, StatusData status,
		long start, long end, Attributes attributes, int totalAttributes, List<EventData> events, int totalEvents,
		List<LinkData> links, int totalLinks, InstrumentationScopeInfo scope, Resource resource) implements SpanData {

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public SpanKind getKind() {
		return this.kind;
	}

	@Override
	public SpanContext getSpanContext() {
		return this.context;
	}

	@Override
	public SpanContext getParentSpanContext() {
		return this.parent;
	}

	@Override
	public StatusData getStatus() {
		return this.status;
	}

	@Override
	public long getStartEpochNanos() {
		return this.start;
	}

	@Override
	public long getEndEpochNanos() {
		return this.end;
	}

	@Override
	public Attributes getAttributes() {
		return this.attributes;
	}

	@Override
	public int getTotalAttributeCount() {
		return this.totalAttributes;
	}

	@Override
	public List<EventData> getEvents() {
		return this.events;
	}

	@Override
	public int getTotalRecordedEvents() {
		return this.totalEvents;
	}

	@Override
	public List<LinkData> getLinks() {
		return this.links;
	}

	@Override
	public int getTotalRecordedLinks() {
		return this.totalLinks;
	}

	@Override
	public boolean hasEnded() {
		return true;
	}

	@Override
	public InstrumentationScopeInfo getInstrumentationScopeInfo() {
		return this.scope;
	}

	@Override
	@SuppressWarnings("deprecation") // abstract all the same
	public io.opentelemetry.sdk.common.InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
		return io.opentelemetry.sdk.common.InstrumentationLibraryInfo.create(this.scope.getName(),
				this.scope.getVersion());
	}

	@Override
	public Resource getResource() {
		return this.resource;
	}

}
