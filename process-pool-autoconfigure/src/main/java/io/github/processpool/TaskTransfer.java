package io.github.processpool;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What it took to send a task to a worker and its result back.
 *
 * @param encode time it took to encode its arguments
 * @param decode time it took to decode its result or exception, or {@code null} if none
 * came
 * @param sentBytes bytes of encoded arguments that were sent, once for each time that the
 * task was dispatched to a worker, as far as is known
 * @param receivedBytes bytes of its encoded result or exception
 * @since 0.1.0
 */
public record TaskTransfer(Duration encode, @Nullable Duration decode, long sentBytes, long receivedBytes) {

}
