package io.github.processpool.protocol;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Something that was logged in a worker: the body of a LOG frame, whose id is the number
 * of the task that ran then, or 0.
 *
 * @param time when
 * @param level how grave, as SLF4J numbers it: 0 trace, 10 debug … 40 error
 * @param logger name of the logger
 * @param thread name of the thread
 * @param message the text, complete
 * @param task what the task is called that ran then, or nothing
 * @param mdc the MDC of the thread
 * @param markers names of markers
 * @param pairs keys and values in turn, as they were added to the event
 * @param throwable what was thrown
 */
public record LogRecord(Instant time, int level, String logger, String thread, String message, String task,
		Map<String, String> mdc, List<String> markers, List<String> pairs, @Nullable LoggedThrowable throwable) {

	/** Flag of a LOG frame that tells only how many events were dropped. */
	public static final int DROPPED = 1;

	private static final int LONGEST_MESSAGE = 32 * 1024;

	private static final int FEW_FRAMES = 10;

	/**
	 * Adds the task.
	 * @param name what it is called
	 * @return a record with it
	 */
	public LogRecord withTask(String name) {
		return new LogRecord(this.time, this.level, this.logger, this.thread, this.message, name, this.mdc,
				this.markers, this.pairs, this.throwable);
	}

	/**
	 * Writes the record; what makes it too large is left out.
	 * @return the body of a LOG frame
	 * @throws IOException if it is too large all the same
	 */
	public Payload encode() throws IOException {
		LoggedThrowable thrown = this.throwable;
		try {
			return encode(thrown, this.mdc, this.pairs);
		}
		catch (PayloadTooLargeException ex) {
			// Names and texts come first
		}
		try {
			return encode((thrown != null) ? thrown.trim(FEW_FRAMES) : null, Map.of(), List.of());
		}
		catch (PayloadTooLargeException ex) {
			return encode(null, Map.of(), List.of());
		}
	}

	private Payload encode(@Nullable LoggedThrowable thrown, Map<String, String> context, List<String> keyValues)
			throws IOException {
		PayloadOutput bytes = new PayloadOutput(FrameType.LOG.maxBody(0));
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeLong(this.time.getEpochSecond());
		out.writeInt(this.time.getNano());
		out.writeByte(this.level);
		Texts.write(out, this.logger);
		Texts.write(out, this.thread);
		Texts.write(out, (this.message.length() <= LONGEST_MESSAGE) ? this.message
				: this.message.substring(0, LONGEST_MESSAGE) + "...");
		Texts.write(out, this.task);
		Texts.write(out, context);
		Texts.write(out, this.markers);
		Texts.write(out, keyValues);
		LoggedThrowables.write(out, thrown);
		out.flush();
		return bytes.toPayload();
	}

	/**
	 * Reads a record.
	 * @param body body of a LOG frame
	 * @return the record
	 * @throws IOException if it is cut or broken
	 */
	public static LogRecord decode(byte[] body) throws IOException {
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
		try {
			Instant time = Instant.ofEpochSecond(in.readLong(), in.readInt());
			return new LogRecord(time, in.readByte(), Texts.read(in), Texts.read(in), Texts.read(in), Texts.read(in),
					Texts.readMap(in), Texts.readList(in), Texts.readList(in), LoggedThrowables.read(in));
		}
		catch (RuntimeException ex) {
			throw new ProtocolException("a LOG frame of " + body.length + " bytes is broken: " + ex);
		}
	}

}
