/**
 * Spans of OpenTelemetry on their way from a worker to the exporters of the application.
 */
@NullMarked
package io.github.processpool.observation.otel;

import org.jspecify.annotations.NullMarked;
