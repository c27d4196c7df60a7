package io.github.processpool.worker;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.github.processpool.protocol.FrameChannel;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The way of spans from this worker to its parent. When {@link #send} returns, the kernel
 * has the span. Safe for use by many threads.
 */
public final class SpanOutput {

	private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final int LARGEST = 128 * 1024;

	private static volatile @Nullable FrameChannel channel;

	private SpanOutput() {
	}

	static void connect(FrameChannel control) {
		channel = control;
	}

	/**
	 * Sends a span, unless it is huge or the parent does not read.
	 * @param span the span in the form that the parent's sink understands
	 */
	public static void send(byte[] span) {
		FrameChannel target = channel;
		if (target == null || span.length > LARGEST) {
			return;
		}
		try {
			target.offer(FrameType.SPAN, 0, 0, Payload.of(span), PATIENCE_NANOS);
		}
		catch (IOException ex) {
			// The parent is gone, and this worker about to go
		}
	}

}
