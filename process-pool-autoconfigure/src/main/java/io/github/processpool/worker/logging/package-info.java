/**
 * The child side of logging, one class for each logging system. Reached through
 * {@link io.github.processpool.worker.LogBridge} only.
 */
@NullMarked
package io.github.processpool.worker.logging;

import org.jspecify.annotations.NullMarked;
