package io.github.processpool.worker;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.processpool.protocol.ExitCode;
import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.FrameChannel;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.LogSettings;
import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.ProtocolException;
import org.slf4j.LoggerFactory;

/**
 * Answers the parent while the task thread is busy.
 */
final class ControlLoop implements Runnable {

	private static final int LARGEST_TEXT = 8 * 1024 * 1024;

	private final FrameChannel channel;

	private final TaskRunner runner;

	private final WorkerRuntime runtime;

	private final WorkerLog log;

	/** Loading what answers takes longer than the end of a worker may. */
	private boolean asked;

	private ControlLoop(FrameChannel channel, TaskRunner runner, WorkerRuntime runtime, WorkerLog log) {
		this.channel = channel;
		this.runner = runner;
		this.runtime = runtime;
		this.log = log;
	}

	static void start(FrameChannel channel, TaskRunner runner, WorkerRuntime runtime, WorkerLog log) {
		Thread thread = new Thread(new ControlLoop(channel, runner, runtime, log), "processpool-control");
		thread.setDaemon(true);
		thread.setPriority(Thread.MAX_PRIORITY);
		thread.start();
	}

	@Override
	public void run() {
		try {
			while (true) {
				handle(this.channel.receive());
			}
		}
		catch (EOFException ex) {
			WorkerExit.now(ExitCode.PARENT_GONE);
		}
		catch (Throwable ex) {
			try {
				LoggerFactory.getLogger(ControlLoop.class).error("lost the control channel", ex);
			}
			finally {
				WorkerExit.now(ExitCode.CONNECTION_LOST);
			}
		}
	}

	private void handle(Frame frame) throws IOException {
		switch (frame.type()) {
			case PING -> {
				pong();
				this.log.reportDropped();
			}
			case COLLECT -> {
				if (!this.runner.isBusy()) {
					System.gc();
				}
				pong();
			}
			case LEVELS -> this.log.levels(LogSettings.decode(frame.body()));
			case CANCEL -> this.runner.cancel(frame.id());
			case DUMP -> reply(FrameType.DUMP_REPLY, frame.id(), text(ThreadDump.take()));
			case HISTOGRAM -> reply(FrameType.HISTOGRAM_REPLY, frame.id(), text(HeapHistogram.take()));
			case STOP -> {
				this.runtime.close();
				this.log.reportDropped();
				if (this.asked) {
					// What this worker has used in the end
					pong();
				}
				reply(FrameType.BYE, Payload.EMPTY);
			}
			default -> throw new ProtocolException(frame.type() + " frame on the control channel");
		}
	}

	private void pong() throws IOException {
		this.asked = true;
		reply(FrameType.PONG, Vitals.read().encode());
	}

	private void reply(FrameType type, Payload body) throws IOException {
		reply(type, 0, body);
	}

	private void reply(FrameType type, long id, Payload body) throws IOException {
		this.channel.send(type, 0, id, body);
	}

	private static Payload text(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return Payload.of((bytes.length <= LARGEST_TEXT) ? bytes : Arrays.copyOf(bytes, LARGEST_TEXT));
	}

}
