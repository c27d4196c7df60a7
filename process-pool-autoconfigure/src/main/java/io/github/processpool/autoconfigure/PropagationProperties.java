package io.github.processpool.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * What goes along with a task from the thread of its caller.
 *
 * @since 0.1.0
 */
public class PropagationProperties {

	/**
	 * Whether the MDC of the logging system goes along.
	 */
	private @Nullable Boolean mdc;

	/**
	 * Whether locale and time zone of the LocaleContextHolder go along.
	 */
	private @Nullable Boolean locale;

	/**
	 * Whether the values of all ThreadLocalAccessors of Micrometer's context propagation
	 * go along that are serialisable and may be deserialised.
	 */
	private @Nullable Boolean context;

	/**
	 * Whether the authentication of Spring Security goes along.
	 */
	private @Nullable Boolean security;

	/**
	 * Whether tasks are observed, and the trace of the caller goes on in workers.
	 */
	private @Nullable Boolean trace;

	/**
	 * Who exports the spans that end in workers. By default, the parent if tracing is by
	 * OpenTelemetry, else the workers.
	 */
	private @Nullable TraceExport traceExport;

	public @Nullable Boolean getMdc() {
		return this.mdc;
	}

	public void setMdc(@Nullable Boolean mdc) {
		this.mdc = mdc;
	}

	public @Nullable Boolean getLocale() {
		return this.locale;
	}

	public void setLocale(@Nullable Boolean locale) {
		this.locale = locale;
	}

	public @Nullable Boolean getContext() {
		return this.context;
	}

	public void setContext(@Nullable Boolean context) {
		this.context = context;
	}

	public @Nullable Boolean getSecurity() {
		return this.security;
	}

	public void setSecurity(@Nullable Boolean security) {
		this.security = security;
	}

	public @Nullable Boolean getTrace() {
		return this.trace;
	}

	public void setTrace(@Nullable Boolean trace) {
		this.trace = trace;
	}

	public @Nullable TraceExport getTraceExport() {
		return this.traceExport;
	}

	public void setTraceExport(@Nullable TraceExport traceExport) {
		this.traceExport = traceExport;
	}

	/**
	 * Who exports the spans that end in workers.
	 */
	public enum TraceExport {

		/**
		 * The application, by its own exporters. Spans that had ended survive the death
		 * of their worker.
		 */
		PARENT,

		/**
		 * Each worker, by exporters of its own. A worker that is retired or stopped
		 * exports what it still has; of one that is killed or crashes, the last batch may
		 * be lost.
		 */
		WORKER

	}

}
