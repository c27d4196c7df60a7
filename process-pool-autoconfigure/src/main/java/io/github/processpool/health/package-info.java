/**
 * Health of the pools: reads snapshots, nothing else.
 */
@NullMarked
package io.github.processpool.health;

import org.jspecify.annotations.NullMarked;
