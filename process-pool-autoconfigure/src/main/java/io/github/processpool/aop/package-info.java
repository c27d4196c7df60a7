/**
 * The advice behind {@link io.github.processpool.DeferToProcess} and the checks at
 * start-up.
 */
@NullMarked
package io.github.processpool.aop;

import org.jspecify.annotations.NullMarked;
