package io.github.processpool.protocol;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a worker is to set up; it comes over the socket because it may hold secrets.
 *
 * @param pool name of the pool
 * @param workerId number of the worker in its pool
 * @param runtime class name of the worker's runtime
 * @param runtimeSettings what that runtime needs, in a format of its own
 * @param codec name of the codec of values
 * @param allow patterns of types that may be deserialised
 * @param maxPayload largest body of a task or an outcome
 * @param maxRetainedHeap bytes of heap still used after a garbage collection that the
 * parent wants to know of at once, or 0 for none
 * @param propagators class names of what goes along with tasks
 * @param logs how it logs
 */
public record Boot(String pool, int workerId, String runtime, byte[] runtimeSettings, String codec, List<String> allow,
		long maxPayload, long maxRetainedHeap, List<String> propagators, LogSettings logs) {

	/** Largest encoded form. */
	private static final int LARGEST = 64 * 1024 * 1024;

	/**
	 * Writes the message.
	 * @return the body of a BOOT frame
	 * @throws IOException if it is too large
	 */
	public Payload encode() throws IOException {
		PayloadOutput bytes = new PayloadOutput(LARGEST);
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeUTF(this.pool);
		out.writeInt(this.workerId);
		out.writeUTF(this.runtime);
		out.writeInt(this.runtimeSettings.length);
		out.write(this.runtimeSettings);
		out.writeUTF(this.codec);
		write(out, this.allow);
		out.writeLong(this.maxPayload);
		out.writeLong(this.maxRetainedHeap);
		write(out, this.propagators);
		this.logs.write(out);
		return bytes.toPayload();
	}

	private static void write(DataOutputStream out, List<String> texts) throws IOException {
		out.writeInt(texts.size());
		for (String text : texts) {
			out.writeUTF(text);
		}
	}

	/**
	 * Reads the message.
	 * @param frame a frame
	 * @return the message
	 * @throws ProtocolException if the frame is of another type
	 * @throws IOException if it is cut
	 */
	public static Boot decode(Frame frame) throws IOException {
		if (frame.type() != FrameType.BOOT) {
			throw new ProtocolException("expected BOOT but got " + frame.type());
		}
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame.body()));
		String pool = in.readUTF();
		int workerId = in.readInt();
		String runtime = in.readUTF();
		byte[] settings = in.readNBytes(in.readInt());
		String codec = in.readUTF();
		List<String> allow = readTexts(in);
		long maxPayload = in.readLong();
		long maxRetainedHeap = in.readLong();
		return new Boot(pool, workerId, runtime, settings, codec, allow, maxPayload, maxRetainedHeap, readTexts(in),
				LogSettings.read(in));
	}

	private static List<String> readTexts(DataInputStream in) throws IOException {
		int count = in.readInt();
		List<String> texts = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			texts.add(in.readUTF());
		}
		return texts;
	}

}
