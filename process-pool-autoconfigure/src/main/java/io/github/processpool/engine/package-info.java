/**
 * The pool: tasks, workers, dispatch and retirement. Depends on the JDK, SLF4J, the API,
 * the protocol, the codec and the launch; knows neither Spring nor Micrometer.
 */
@NullMarked
package io.github.processpool.engine;

import org.jspecify.annotations.NullMarked;
