/**
 * The endpoint {@code processpool}, its live page, and the info contribution: reads
 * snapshots and listens to pool events, nothing else.
 */
@NullMarked
package io.github.processpool.actuate;

import org.jspecify.annotations.NullMarked;
