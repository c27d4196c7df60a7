/**
 * An application that notes in a file whenever some part of it acts, and in which
 * process.
 */
@NullMarked
package io.github.processpool.testapp;

import org.jspecify.annotations.NullMarked;
