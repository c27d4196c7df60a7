package io.github.processpool.protocol;

/**
 * Marks what takes calls of a bean from the parent into a worker. Both sides cut the
 * bean's advice there: what stands before it runs in the parent, what stands behind it in
 * the worker.
 */
public interface ProcessBoundary {

}
