/**
 * Frames, messages and the handshake between parent and worker. Depends on the JDK only:
 * no threads, no logging.
 */
@NullMarked
package io.github.processpool.protocol;

import org.jspecify.annotations.NullMarked;
