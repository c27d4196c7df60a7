/**
 * Conditions, properties and wiring; no logic.
 */
@NullMarked
package io.github.processpool.autoconfigure;

import org.jspecify.annotations.NullMarked;
