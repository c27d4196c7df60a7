/**
 * How to start another JVM with the class path of this one. Depends on the JDK and SLF4J.
 */
@NullMarked
package io.github.processpool.engine.launch;

import org.jspecify.annotations.NullMarked;
