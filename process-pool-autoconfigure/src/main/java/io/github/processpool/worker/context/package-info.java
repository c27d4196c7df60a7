/**
 * The child side that knows Spring: builds the context of a worker and finds its beans.
 * Depends on Spring, the API, the protocol and the worker, on nothing of the parent.
 * Reached by workers through {@link io.github.processpool.worker.WorkerRuntime} only.
 */
@NullMarked
package io.github.processpool.worker.context;

import org.jspecify.annotations.NullMarked;
