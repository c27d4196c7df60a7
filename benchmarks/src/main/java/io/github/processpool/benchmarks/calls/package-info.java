/**
 * Ways to call something in another process: this pool, its peers, and a bare socket.
 */
@NullMarked
package io.github.processpool.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
