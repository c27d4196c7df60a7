/**
 * What goes along with a task from the thread of its caller. Each propagator depends on
 * one library only, because a worker may have that and no other; none on the engine.
 */
@NullMarked
package io.github.processpool.propagation;

import org.jspecify.annotations.NullMarked;
