/**
 * Types that tests send, in a package that a filter may or may not allow.
 */
@NullMarked
package io.github.processpool.codec.samples;

import org.jspecify.annotations.NullMarked;
