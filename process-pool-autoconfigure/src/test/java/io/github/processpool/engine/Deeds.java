package io.github.processpool.engine;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.processpool.ProcessTask;

/**
 * What tasks of the tests do to their JVM.
 */
public final class Deeds {

	private Deeds() {
	}

	/** Tells who runs it. */
	public static ProcessTask<Long> pid() {
		return () -> ProcessHandle.current().pid();
	}

	/** Ends with a value after being told to, through a file. */
	public static ProcessTask<String> waitFor(Path file) {
		String path = file.toString();
		return () -> {
			while (!Files.exists(Path.of(path))) {
				Thread.sleep(5);
			}
			return "released";
		};
	}

	/** Tells that it has begun, then waits for an interrupt and ends well. */
	public static ProcessTask<String> sleepUntilInterrupted(Path started) {
		String path = started.toString();
		return () -> {
			Files.writeString(Path.of(path), Long.toString(ProcessHandle.current().pid()));
			try {
				Thread.sleep(60_000);
				return "slept";
			}
			catch (InterruptedException ex) {
				return "interrupted";
			}
		};
	}

	/**
	 * Tells that it has begun, then counts for ever, deaf to interrupts and safepoints.
	 */
	public static ProcessTask<Double> spin(Path started) {
		String path = started.toString();
		return () -> {
			Files.writeString(Path.of(path), Long.toString(ProcessHandle.current().pid()));
			double sum = 0;
			while (sum >= 0) {
				for (int i = 0; i < Integer.MAX_VALUE; i++) {
					sum += i % 7;
				}
			}
			return sum;
		};
	}

	public static ProcessTask<String> exit(int code) {
		return () -> {
			System.exit(code);
			return "";
		};
	}

	public static ProcessTask<String> halt(int code) {
		return () -> {
			Runtime.getRuntime().halt(code);
			return "";
		};
	}

	public static ProcessTask<String> exitWithHangingHook(int code) {
		return () -> {
			Runtime.getRuntime().addShutdownHook(new Thread(() -> {
				while (true) {
					Thread.onSpinWait();
				}
			}));
			System.exit(code);
			return "";
		};
	}

	public static ProcessTask<String> segfault() {
		return () -> {
			Class<?> unsafeType = Class.forName("sun.misc.Unsafe");
			Field field = unsafeType.getDeclaredField("theUnsafe");
			field.setAccessible(true);
			unsafeType.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 0L, 0L);
			return "";
		};
	}

	public static ProcessTask<Integer> exhaustHeap() {
		return () -> {
			List<byte[]> hoard = new ArrayList<>();
			while (true) {
				hoard.add(new byte[1024 * 1024]);
			}
		};
	}

	public static ProcessTask<String> throwOutOfMemory() {
		return () -> {
			throw new OutOfMemoryError("by hand");
		};
	}

	public static ProcessTask<Integer> overflowStack() {
		return () -> recurse(0);
	}

	private static int recurse(int depth) {
		return recurse(depth + 1) + 1;
	}

	public static ProcessTask<String> printNoise() {
		return () -> {
			for (int i = 0; i < 1000; i++) {
				System.out.write(new byte[] { 0, 1, 2, (byte) 0xff, 'n', 'o', 'i', 's', 'e' });
				System.err.print("more noise without an end of line ");
			}
			System.out.flush();
			return "clean";
		};
	}

	/** Fails wherever it is told to. */
	public static final class Trap implements Serializable {

		private static final long serialVersionUID = 1L;

		private final String where;

		private final String how;

		public Trap(String where, String how) {
			this.where = where;
			this.how = how;
		}

		private void spring() throws IOException {
			switch (this.how) {
				case "throw" -> throw new IllegalStateException("trap " + this.where);
				case "error" -> throw new LinkageError("trap " + this.where);
				case "io" -> throw new IOException("trap " + this.where);
				case "exit" -> System.exit(7);
				case "exit0" -> System.exit(0);
				case "halt" -> Runtime.getRuntime().halt(8);
				case "overflow" -> recurse(0);
				default -> throw new IllegalArgumentException(this.how);
			}
		}

		private void writeObject(ObjectOutputStream out) throws IOException {
			if (this.where.equals("write")) {
				spring();
			}
			out.defaultWriteObject();
		}

		private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
			in.defaultReadObject();
			if (this.where.equals("read")) {
				spring();
			}
		}

	}

}
