/**
 * Meters of the pools: reads snapshots and listens to pool events, nothing else.
 */
@NullMarked
package io.github.processpool.metrics;

import org.jspecify.annotations.NullMarked;
