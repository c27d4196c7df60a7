/**
 * What happens in the pools as events of the JDK's flight recorder: uses the API and the
 * JDK, nothing else.
 */
@NullMarked
package io.github.processpool.jfr;

import org.jspecify.annotations.NullMarked;
