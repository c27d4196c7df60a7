/**
 * Public API: the annotation, the pools, what they tell about themselves and how they
 * fail. Depends on nothing of this library but itself, and on Spring only for its
 * annotations; everything else may depend on it.
 */
@NullMarked
package io.github.processpool;

import org.jspecify.annotations.NullMarked;
