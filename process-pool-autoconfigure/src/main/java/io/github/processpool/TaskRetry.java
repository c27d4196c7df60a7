package io.github.processpool;

/**
 * A task that runs again because the worker that ran it died.
 *
 * @param pool name of the pool
 * @param className simple name of the class whose method was deferred, or of the task
 * @param methodName name of the deferred method, or {@code call}
 * @param attempt which start of the task was lost, counted from 1
 * @param maxAttempts how many times the task is started at most
 * @param workerId number of the worker that died
 * @param reason why it died
 * @since 0.1.0
 */
public record TaskRetry(String pool, String className, String methodName, int attempt, int maxAttempts, int workerId,
		ExitReason reason) {

}
