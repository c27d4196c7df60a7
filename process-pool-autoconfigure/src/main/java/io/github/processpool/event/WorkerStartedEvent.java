package io.github.processpool.event;

import java.time.Duration;

import io.github.processpool.WorkerSnapshot;

/**
 * A worker became ready for tasks. Published in the application's context for
 * {@code @EventListener} methods, by a thread of its own.
 *
 * @param pool name of the pool
 * @param worker the worker
 * @param startupTime time from launch to ready
 * @since 0.1.0
 */
public record WorkerStartedEvent(String pool, WorkerSnapshot worker, Duration startupTime) {

}
