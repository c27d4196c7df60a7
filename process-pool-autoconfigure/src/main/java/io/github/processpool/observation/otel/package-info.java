/**
 * Spans of OpenTelemetry on their way from a worker to the exporters of the application.
 * Depends on OpenTelemetry and what of the engine it implements.
 */
@NullMarked
package io.github.processpool.observation.otel;

import org.jspecify.annotations.NullMarked;
