/**
 * The sample application. Uses the public API of the library only.
 */
@NullMarked
package io.github.processpool.sample;

import org.jspecify.annotations.NullMarked;
