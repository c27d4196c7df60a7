/**
 * Values and exceptions to bytes and back. Depends on the JDK, the API and the protocol.
 */
@NullMarked
package io.github.processpool.codec;

import org.jspecify.annotations.NullMarked;
