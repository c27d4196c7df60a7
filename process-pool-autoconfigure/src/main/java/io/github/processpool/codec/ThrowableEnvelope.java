package io.github.processpool.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.processpool.protocol.PayloadOutput;
import io.github.processpool.protocol.PayloadTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Nodes to bytes and back. A string is written once and referred to afterwards, since the
 * frames of stack traces repeat theirs.
 */
final class ThrowableEnvelope {

	private static final int VERSION = 1;

	/** More than an encoder makes; without it, a hostile body takes very long. */
	private static final int MAX_NODES = 1024;

	/** Bytes of a node or a frame that has nothing but references. */
	private static final int LEAST_NODE = 29;

	private static final int LEAST_FRAME = 28;

	/**
	 * Longest string that is referred to: if any were, a short body could stand for huge
	 * texts.
	 */
	private static final int MAX_SHARED_LENGTH = 512;

	private static final int NO_STRING = -1;

	private static final int NEW_STRING = -2;

	private ThrowableEnvelope() {
	}

	static void write(PayloadOutput out, List<ThrowableNode> nodes) throws PayloadTooLargeException {
		BodyWriter writer = new BodyWriter(out);
		Map<String, Integer> strings = new HashMap<>();
		writer.writeByte(VERSION);
		writer.writeInt(nodes.size());
		for (ThrowableNode node : nodes) {
			writeString(writer, strings, node.className());
			writeString(writer, strings, node.message());
			writeString(writer, strings, node.text());
			writeString(writer, strings, node.lack());
			writeFrames(writer, strings, node.frames());
			writer.writeInt(node.cause());
			writer.writeInt(node.suppressed().size());
			for (int suppressed : node.suppressed()) {
				writer.writeInt(suppressed);
			}
			writer.writeBytes(node.object());
		}
	}

	private static void writeFrames(BodyWriter writer, Map<String, Integer> strings,
			StackTraceElement @Nullable [] frames) throws PayloadTooLargeException {
		writer.writeByte((frames != null) ? 1 : 0);
		if (frames == null) {
			return;
		}
		writer.writeInt(frames.length);
		for (StackTraceElement frame : frames) {
			String module = frame.getModuleName();
			writeString(writer, strings, loaderOf(frame));
			writeString(writer, strings, module);
			writeString(writer, strings, isJdkModule(module) ? null : frame.getModuleVersion());
			writeString(writer, strings, frame.getClassName());
			writeString(writer, strings, frame.getMethodName());
			writeString(writer, strings, frame.getFileName());
			writer.writeInt(frame.getLineNumber());
		}
	}

	/** A frame that is built from its parts prints all of them, the JVM's own do not. */
	private static @Nullable String loaderOf(StackTraceElement frame) {
		String loader = frame.getClassLoaderName();
		return ("app".equals(loader) || "platform".equals(loader)) ? null : loader;
	}

	private static boolean isJdkModule(@Nullable String module) {
		return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
	}

	private static void writeString(BodyWriter writer, Map<String, Integer> strings, @Nullable String string)
			throws PayloadTooLargeException {
		if (string == null) {
			writer.writeInt(NO_STRING);
			return;
		}
		Integer known = (string.length() <= MAX_SHARED_LENGTH) ? strings.putIfAbsent(string, strings.size()) : null;
		writer.writeInt((known != null) ? known : NEW_STRING);
		if (known == null) {
			writer.writeString(string);
		}
	}

	static List<ThrowableNode> read(byte[] body) throws DamagedBodyException {
		BodyReader reader = new BodyReader(body, 0, List.of());
		List<String> strings = new ArrayList<>();
		int version = reader.readByte();
		if (version != VERSION) {
			throw new DamagedBodyException(0, "unknown version " + version);
		}
		int count = reader.readCount(LEAST_NODE);
		if (count > MAX_NODES) {
			throw new DamagedBodyException(reader.position(),
					count + " exceptions, at most " + MAX_NODES + " are sent");
		}
		List<ThrowableNode> nodes = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			String className = required(reader, readString(reader, strings));
			String message = readString(reader, strings);
			String text = readString(reader, strings);
			String lack = readString(reader, strings);
			StackTraceElement[] frames = readFrames(reader, strings);
			int cause = readNumber(reader, count, ThrowableNode.NONE);
			int suppressedCount = reader.readCount(Integer.BYTES);
			List<Integer> suppressed = new ArrayList<>(suppressedCount);
			for (int j = 0; j < suppressedCount; j++) {
				suppressed.add(readNumber(reader, i, 0));
			}
			nodes.add(new ThrowableNode(className, message, text, frames, cause, suppressed, reader.readBytes(), lack));
		}
		if (nodes.isEmpty()) {
			throw new DamagedBodyException(reader.position(), "no exception");
		}
		reader.requireEnd();
		return nodes;
	}

	private static StackTraceElement @Nullable [] readFrames(BodyReader reader, List<String> strings)
			throws DamagedBodyException {
		if (reader.readByte() == 0) {
			return null;
		}
		StackTraceElement[] frames = new StackTraceElement[reader.readCount(LEAST_FRAME)];
		for (int i = 0; i < frames.length; i++) {
			String loader = readString(reader, strings);
			String module = readString(reader, strings);
			String moduleVersion = readString(reader, strings);
			String className = required(reader, readString(reader, strings));
			String methodName = required(reader, readString(reader, strings));
			String fileName = readString(reader, strings);
			frames[i] = new StackTraceElement(loader, module, moduleVersion, className, methodName, fileName,
					reader.readInt());
		}
		return frames;
	}

	private static int readNumber(BodyReader reader, int end, int least) throws DamagedBodyException {
		int number = reader.readInt();
		if (number < least || number >= end) {
			throw new DamagedBodyException(reader.position(), "a reference to exception " + number);
		}
		return number;
	}

	private static @Nullable String readString(BodyReader reader, List<String> strings) throws DamagedBodyException {
		int number = reader.readInt();
		if (number == NO_STRING) {
			return null;
		}
		if (number == NEW_STRING) {
			String string = reader.readString();
			if (string.length() <= MAX_SHARED_LENGTH) {
				strings.add(string);
			}
			return string;
		}
		if (number < 0 || number >= strings.size()) {
			throw new DamagedBodyException(reader.position(), "a reference to string " + number);
		}
		return strings.get(number);
	}

	private static String required(BodyReader reader, @Nullable String string) throws DamagedBodyException {
		if (string == null) {
			throw new DamagedBodyException(reader.position(), "a name is missing");
		}
		return string;
	}

}
