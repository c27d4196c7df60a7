package io.github.processpool.observed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * Receives spans over OTLP/HTTP, as a collector does.
 */
final class SpanReceiver implements AutoCloseable {

	private final HttpServer server;

	private final List<Received> spans = new CopyOnWriteArrayList<>();

	SpanReceiver() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/v1/traces", this::handle);
		this.server.setExecutor(Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "span-receiver");
			thread.setDaemon(true);
			return thread;
		}));
		this.server.start();
	}

	String endpoint() {
		return "http://localhost:" + this.server.getAddress().getPort() + "/v1/traces";
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
			try (InputStream body = zipped ? new GZIPInputStream(exchange.getRequestBody())
					: exchange.getRequestBody()) {
				for (ResourceSpans resource : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
					for (ScopeSpans scope : resource.getScopeSpansList()) {
						scope.getSpansList().forEach((span) -> this.spans.add(new Received(span, resource)));
					}
				}
			}
			exchange.sendResponseHeaders(200, -1);
		}
	}

	List<Received> spans() {
		return List.copyOf(this.spans);
	}

	Received span(String name) {
		return this.spans.stream().filter((span) -> span.name().equals(name)).findFirst().orElseThrow();
	}

	long count(String name) {
		return this.spans.stream().filter((span) -> span.name().equals(name)).count();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * A span that arrived.
	 */
	record Received(Span span, ResourceSpans resource) {

		String name() {
			return this.span.getName();
		}

		String traceId() {
			return hex(this.span.getTraceId());
		}

		String id() {
			return hex(this.span.getSpanId());
		}

		String parentId() {
			return hex(this.span.getParentSpanId());
		}

		long start() {
			return this.span.getStartTimeUnixNano();
		}

		long end() {
			return this.span.getEndTimeUnixNano();
		}

		String attribute(String key) {
			return this.span.getAttributesList()
				.stream()
				.filter((attribute) -> attribute.getKey().equals(key))
				.map((attribute) -> attribute.getValue().getStringValue())
				.findFirst()
				.orElse("");
		}

		String service() {
			return this.resource.getResource()
				.getAttributesList()
				.stream()
				.filter((attribute) -> attribute.getKey().equals("service.name"))
				.map((attribute) -> attribute.getValue().getStringValue())
				.findFirst()
				.orElse("");
		}

		private static String hex(ByteString bytes) {
			return java.util.HexFormat.of().formatHex(bytes.toByteArray());
		}

	}

}
