package io.github.processpool.protocol;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Exceptions in LOG frames, with their causes to a bounded depth.
 */
final class LoggedThrowables {

	private static final int DEEPEST = 50;

	/** Smallest form of a frame of a stack. */
	private static final int FRAME_SIZE = 5 * Integer.BYTES;

	private LoggedThrowables() {
	}

	static void write(DataOutputStream out, @Nullable LoggedThrowable throwable) throws IOException {
		write(out, throwable, 0);
	}

	private static void write(DataOutputStream out, @Nullable LoggedThrowable throwable, int depth) throws IOException {
		boolean present = throwable != null && depth < DEEPEST;
		out.writeBoolean(present);
		if (throwable == null || !present) {
			return;
		}
		Texts.write(out, throwable.className());
		writeNullable(out, throwable.message());
		out.writeInt(throwable.frames().size());
		for (StackTraceElement frame : throwable.frames()) {
			Texts.write(out, orEmpty(frame.getModuleName()));
			Texts.write(out, frame.getClassName());
			Texts.write(out, frame.getMethodName());
			Texts.write(out, orEmpty(frame.getFileName()));
			out.writeInt(frame.getLineNumber());
		}
		out.writeInt(throwable.commonFrames());
		out.writeBoolean(throwable.cyclic());
		write(out, throwable.cause(), depth + 1);
		out.writeInt(throwable.suppressed().size());
		for (LoggedThrowable suppressed : throwable.suppressed()) {
			write(out, suppressed, depth + 1);
		}
	}

	static @Nullable LoggedThrowable read(DataInputStream in) throws IOException {
		return read(in, 0);
	}

	private static @Nullable LoggedThrowable read(DataInputStream in, int depth) throws IOException {
		if (!in.readBoolean()) {
			return null;
		}
		if (depth == DEEPEST) {
			throw new ProtocolException("a logged exception has too many causes");
		}
		String className = Texts.read(in);
		String message = in.readBoolean() ? Texts.read(in) : null;
		List<StackTraceElement> frames = new ArrayList<>();
		for (int count = Texts.count(in, FRAME_SIZE); count > 0; count--) {
			frames.add(readFrame(in));
		}
		int common = in.readInt();
		boolean cyclic = in.readBoolean();
		LoggedThrowable cause = read(in, depth + 1);
		List<LoggedThrowable> suppressed = new ArrayList<>();
		for (int count = Texts.count(in, 1); count > 0; count--) {
			LoggedThrowable one = read(in, depth + 1);
			if (one != null) {
				suppressed.add(one);
			}
		}
		return new LoggedThrowable(className, message, frames, common, cyclic, cause, suppressed);
	}

	private static StackTraceElement readFrame(DataInputStream in) throws IOException {
		String module = Texts.read(in);
		String className = Texts.read(in);
		String method = Texts.read(in);
		String file = Texts.read(in);
		return new StackTraceElement(null, module.isEmpty() ? null : module, null, className, method,
				file.isEmpty() ? null : file, in.readInt());
	}

	private static void writeNullable(DataOutputStream out, @Nullable String text) throws IOException {
		out.writeBoolean(text != null);
		if (text != null) {
			Texts.write(out, text);
		}
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
