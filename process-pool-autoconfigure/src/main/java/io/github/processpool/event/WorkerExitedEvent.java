package io.github.processpool.event;

import io.github.processpool.WorkerExit;

/**
 * A worker ended, planned or not. Published in the application's context for
 * {@code @EventListener} methods, by a thread of its own.
 *
 * @param pool name of the pool
 * @param exit how it ended
 * @since 0.1.0
 */
public record WorkerExitedEvent(String pool, WorkerExit exit) {

}
