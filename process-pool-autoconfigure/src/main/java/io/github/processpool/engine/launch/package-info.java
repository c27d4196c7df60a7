/**
 * How to start another JVM with the class path of this one, and how large. Depends on the
 * JDK and SLF4J; knows nothing of the engine.
 */
@NullMarked
package io.github.processpool.engine.launch;

import org.jspecify.annotations.NullMarked;
