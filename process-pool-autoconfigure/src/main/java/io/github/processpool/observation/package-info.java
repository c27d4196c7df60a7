/**
 * Observations of tasks, for traces: one where a task is submitted and one, its child,
 * where it runs.
 */
@NullMarked
package io.github.processpool.observation;

import org.jspecify.annotations.NullMarked;
