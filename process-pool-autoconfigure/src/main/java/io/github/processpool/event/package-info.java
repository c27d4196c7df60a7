/**
 * What happens in the pools as events of the application's context: uses the API and
 * Spring's context, nothing else.
 */
@NullMarked
package io.github.processpool.event;

import org.jspecify.annotations.NullMarked;
