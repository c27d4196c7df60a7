/**
 * The child side: the worker's main class, its lifelines and its task loop. Depends on
 * the JDK, SLF4J, the API, the protocol and the codec; never on the engine.
 */
@NullMarked
package io.github.processpool.worker;

import org.jspecify.annotations.NullMarked;
