/**
 * An application of an ordinary size. Uses the public API of the library only.
 */
@NullMarked
package io.github.processpool.benchmarks.realistic;

import org.jspecify.annotations.NullMarked;
