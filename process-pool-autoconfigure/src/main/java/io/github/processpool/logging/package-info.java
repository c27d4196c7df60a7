/**
 * The application's logging system as the pools see it, one class for each system. Reads
 * what the protocol brings and knows of the engine only what it implements.
 */
@NullMarked
package io.github.processpool.logging;

import org.jspecify.annotations.NullMarked;
