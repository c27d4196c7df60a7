/**
 * Observations of tasks, for traces: one where a task is submitted and one, its child,
 * where it runs. Depends on Micrometer, the API and what of the engine it implements.
 */
@NullMarked
package io.github.processpool.observation;

import org.jspecify.annotations.NullMarked;
