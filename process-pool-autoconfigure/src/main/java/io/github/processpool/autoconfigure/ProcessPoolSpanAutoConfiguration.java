package io.github.processpool.autoconfigure;

import io.github.processpool.ConditionalOnParentProcess;
import io.github.processpool.ConditionalOnProcessWorker;
import io.github.processpool.engine.SpanSink;
import io.github.processpool.observation.otel.ParentSpans;
import io.github.processpool.observation.otel.WorkerSpanProcessor;
import io.github.processpool.worker.SpanOutput;
import io.github.processpool.worker.context.TraceExport;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SpanProcessor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the way of OpenTelemetry's spans from workers to the exporters of
 * the application.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(SpanProcessor.class)
@ConditionalOnBooleanProperty(name = "process-pool.enabled", matchIfMissing = true)
public final class ProcessPoolSpanAutoConfiguration {

	@Bean
	@ConditionalOnParentProcess
	@ConditionalOnMissingBean(SpanSink.class)
	ParentSpans processPoolParentSpans(ObjectProvider<SpanProcessor> processors, ObjectProvider<Resource> resource) {
		return new ParentSpans(() -> processors.orderedStream().toList(),
				() -> resource.getIfUnique(Resource::getDefault));
	}

	@Bean
	@ConditionalOnProcessWorker
	WorkerSpanProcessor processPoolWorkerSpanProcessor(Environment environment) {
		return new WorkerSpanProcessor(SpanOutput::send, !TraceExport.isByWorkers(environment));
	}

}
