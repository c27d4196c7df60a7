/**
 * The advice behind {@link io.github.processpool.DeferToProcess} and the checks at
 * start-up: from a call of a bean to a task of the engine. Depends on Spring AOP, the
 * API, the protocol and the engine; known to the wiring only.
 */
@NullMarked
package io.github.processpool.aop;

import org.jspecify.annotations.NullMarked;
