/**
 * Finds out which auto-configurations of an application its workers do not need. Works on
 * the live context of the parent. Knows of the engine what it implements and of the
 * worker's context what they tell each other; known to the wiring only.
 */
@NullMarked
package io.github.processpool.slim;

import org.jspecify.annotations.NullMarked;
