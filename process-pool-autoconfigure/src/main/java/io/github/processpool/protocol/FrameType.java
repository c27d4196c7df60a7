package io.github.processpool.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Kinds of messages, with the code on the wire and the largest body.
 * <p>
 * Data channel: HELLO, BOOT, READY or START_FAILED, then CALL and RESULT in turn, each
 * after its ARRAYs, and WAKE. Control channel: HELLO, then everything else.
 */
public enum FrameType {

	/** Worker to parent, first on each channel: token and process id. */
	HELLO(1, Limits.SMALL),

	/** Parent to worker, once: what the worker has to set up. */
	BOOT(2, Limits.LARGE),

	/** Worker to parent, once: ready for tasks, with a report of its runtime. */
	READY(3, Limits.LARGE),

	/** Worker to parent, once, instead of READY: the exception as an envelope. */
	START_FAILED(4, Limits.LARGE),

	/** Parent to worker: one task. */
	CALL(5, Limits.PAYLOAD),

	/** Worker to parent: the outcome of one task; the flags are a {@link ResultKind}. */
	RESULT(6, Limits.PAYLOAD),

	/** Worker to parent: there are results in memory. */
	WAKE(20, 0),

	/** Both ways: a large array of the CALL or RESULT that follows. */
	ARRAY(19, Limits.PAYLOAD),

	/** Parent to worker: interrupt the task of that id. */
	CANCEL(7, 0),

	/** Parent to worker: send a thread dump. */
	DUMP(8, 0),

	/** Worker to parent: the thread dump as text. */
	DUMP_REPLY(9, Limits.LARGE),

	/** Parent to worker: are you there? */
	PING(10, 0),

	/** Worker to parent: yes, and a {@link Heartbeat}. */
	PONG(11, Limits.SMALL),

	/** Parent to worker: close the context, no task will come. */
	STOP(12, 0),

	/** Worker to parent: the context is closed. */
	BYE(13, 0),

	/**
	 * Parent to worker: collect garbage if no task runs, then answer as to PING.
	 */
	COLLECT(14, 0),

	/** Worker to parent: something was logged, as a {@link LogRecord}. */
	LOG(16, Limits.MEDIUM),

	/** Parent to worker: the levels of loggers, as {@link LogSettings}. */
	LEVELS(17, Limits.LARGE),

	/** Worker to parent: a span has ended. */
	SPAN(18, Limits.MEDIUM),

	/** Parent to worker: count the objects on the heap. */
	HISTOGRAM(24, 0),

	/** Worker to parent: these numbers as text. */
	HISTOGRAM_REPLY(25, Limits.LARGE);

	private static final FrameType[] BY_CODE = new FrameType[32];

	static {
		for (FrameType type : values()) {
			BY_CODE[type.code] = type;
		}
	}

	private final int code;

	private final int maxBody;

	FrameType(int code, int maxBody) {
		this.code = code;
		this.maxBody = maxBody;
	}

	int code() {
		return this.code;
	}

	/**
	 * Largest body of this type.
	 * @param maxPayload largest body of a task or an outcome
	 * @return a number of bytes
	 */
	long maxBody(long maxPayload) {
		return (this.maxBody == Limits.PAYLOAD) ? maxPayload : this.maxBody;
	}

	/**
	 * Whether large arrays may come before it.
	 */
	boolean takesArrays() {
		return this.maxBody == Limits.PAYLOAD;
	}

	static @Nullable FrameType of(int code) {
		return (code >= 0 && code < BY_CODE.length) ? BY_CODE[code] : null;
	}

	private static final class Limits {

		static final int PAYLOAD = -1;

		static final int SMALL = 64 * 1024;

		static final int MEDIUM = 128 * 1024;

		static final int LARGE = 64 * 1024 * 1024;

	}

}
