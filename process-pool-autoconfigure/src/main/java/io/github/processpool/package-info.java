/**
 * Public API: the annotation, the pools, what they tell about themselves and how they
 * fail. May depend on nothing of this library but itself.
 */
@NullMarked
package io.github.processpool;

import org.jspecify.annotations.NullMarked;
