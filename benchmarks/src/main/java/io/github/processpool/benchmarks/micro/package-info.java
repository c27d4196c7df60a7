/**
 * JMH benchmarks of the parts of a call.
 */
@NullMarked
package io.github.processpool.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
