package io.github.processpool.event;

import io.github.processpool.TaskRetry;

/**
 * An idempotent task is started again because its worker died. Published in the
 * application's context for {@code @EventListener} methods, by a thread of its own.
 *
 * @param retry the task
 * @since 0.1.0
 */
public record TaskRetriedEvent(TaskRetry retry) {

}
