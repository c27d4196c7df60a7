package io.github.processpool.protocol;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * How a worker is to log: part of the BOOT frame, and the body of a LEVELS frame when
 * levels have changed.
 *
 * @param bridge class name of what takes the place of the worker's appenders, or nothing
 * if the worker logs as it is configured
 * @param rate events a second, or 0 for no limit
 * @param levels levels by name of the logger, for those that have one of their own
 */
public record LogSettings(String bridge, int rate, Map<String, String> levels) {

	/** The worker logs as it is configured. */
	public static final LogSettings NONE = new LogSettings("", 0, Map.of());

	/**
	 * Copies the levels.
	 */
	public LogSettings {
		levels = Map.copyOf(levels);
	}

	/**
	 * Writes the message.
	 * @return the body of a LEVELS frame
	 * @throws IOException if it is too large
	 */
	public Payload encode() throws IOException {
		PayloadOutput bytes = new PayloadOutput(FrameType.LEVELS.maxBody(0));
		write(new DataOutputStream(bytes));
		return bytes.toPayload();
	}

	void write(DataOutputStream out) throws IOException {
		Texts.write(out, this.bridge);
		out.writeInt(this.rate);
		Texts.write(out, this.levels);
		out.flush();
	}

	/**
	 * Reads the message.
	 * @param body body of a LEVELS frame
	 * @return the message
	 * @throws IOException if it is cut or broken
	 */
	public static LogSettings decode(byte[] body) throws IOException {
		return read(new DataInputStream(new ByteArrayInputStream(body)));
	}

	static LogSettings read(DataInputStream in) throws IOException {
		return new LogSettings(Texts.read(in), in.readInt(), Texts.readMap(in));
	}

}
