/**
 * The program that measures. May use everything of this module but the realistic
 * application, which it starts as a program.
 */
@NullMarked
package io.github.processpool.benchmarks;

import org.jspecify.annotations.NullMarked;
