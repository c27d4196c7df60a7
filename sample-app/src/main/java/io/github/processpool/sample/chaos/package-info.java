/**
 * Calls that do to their JVM what no application survives.
 */
@NullMarked
package io.github.processpool.sample.chaos;

import org.jspecify.annotations.NullMarked;
