package io.github.processpool;

import java.time.Duration;

/**
 * A moment's view of a task that a worker runs.
 *
 * @param description what it is called in messages
 * @param className simple name of the class whose method was deferred, or of the task
 * @param methodName name of the deferred method, or {@code call}
 * @param attempt which start of the task this is, counted from 1
 * @param waited time from submission to dispatch to this worker
 * @param elapsed how long it has been running
 * @since 0.1.0
 */
public record TaskSnapshot(String description, String className, String methodName, int attempt, Duration waited,
		Duration elapsed) {

}
