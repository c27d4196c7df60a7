/**
 * Conditions, properties and wiring; no logic. Knows all other packages, and none of them
 * knows it.
 */
@NullMarked
package io.github.processpool.autoconfigure;

import org.jspecify.annotations.NullMarked;
