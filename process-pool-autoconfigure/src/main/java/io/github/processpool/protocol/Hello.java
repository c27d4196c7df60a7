package io.github.processpool.protocol;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * First message of a worker on each of its two channels.
 *
 * @param token what the worker got on its standard input
 * @param pid its process id
 * @param control whether this is the control channel
 */
public record Hello(String token, long pid, boolean control) {

	private static final int VERSION = 1;

	private static final int LARGEST = 4096;

	/**
	 * Writes the message.
	 * @return the body of a HELLO frame
	 * @throws IOException if it is too large
	 */
	public Payload encode() throws IOException {
		PayloadOutput bytes = new PayloadOutput(LARGEST);
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeInt(VERSION);
		out.writeUTF(this.token);
		out.writeLong(this.pid);
		out.writeBoolean(this.control);
		out.flush();
		return bytes.toPayload();
	}

	/**
	 * Reads the message.
	 * @param frame a frame
	 * @return the message
	 * @throws ProtocolException if the frame is of another type or version
	 * @throws IOException if it is cut
	 */
	public static Hello decode(Frame frame) throws IOException {
		if (frame.type() != FrameType.HELLO) {
			throw new ProtocolException("expected HELLO but got " + frame.type());
		}
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame.body()));
		int version = in.readInt();
		if (version != VERSION) {
			throw new ProtocolException("the worker speaks version " + version + " of the protocol, not " + VERSION
					+ ": two versions of the library are on its class path");
		}
		return new Hello(in.readUTF(), in.readLong(), in.readBoolean());
	}

}
