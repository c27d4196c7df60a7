/**
 * Finds out which auto-configurations of an application its workers do not need. Works on
 * the live context of the parent.
 */
@NullMarked
package io.github.processpool.slim;

import org.jspecify.annotations.NullMarked;
