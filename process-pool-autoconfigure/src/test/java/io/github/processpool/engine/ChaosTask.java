package io.github.processpool.engine;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;

import io.github.processpool.ProcessTask;

/**
 * A task of the chaos run. Before it does anything else it appends its id to a file that
 * all tasks share, so that every execution can be counted afterwards.
 */
final class ChaosTask implements ProcessTask<Object> {

	private static final long serialVersionUID = 1L;

	static final int EXIT_CODE = 77;

	private final ChaosKind kind;

	private final int id;

	private final int amount;

	private final String trace;

	private final byte[] payload;

	private final Object argument;

	ChaosTask(ChaosKind kind, int id, int amount, Path trace) {
		this.kind = kind;
		this.id = id;
		this.amount = amount;
		this.trace = trace.toString();
		this.payload = (kind == ChaosKind.ECHO) ? pattern(id, amount) : new byte[0];
		this.argument = (kind == ChaosKind.BAD_ARGUMENT) ? new StringJoiner("") : null;
	}

	@Override
	public Object call() throws Exception {
		trace();
		switch (this.kind) {
			case BUSY:
				return compute(this.amount);
			case SLEEP:
				Thread.sleep(this.amount);
				return this.id;
			case ECHO:
				return this.payload;
			case SPIN:
				return Deeds.spin(Path.of("/dev/null")).call();
			case THROW:
				throw new IllegalStateException("chaos " + this.id);
			case BAD_RESULT:
				return new StringJoiner("");
			case EXIT:
				return Deeds.exit(EXIT_CODE).call();
			case HALT:
				return Deeds.halt(EXIT_CODE).call();
			case SEGFAULT:
				return Deeds.segfault().call();
			case EXHAUST_HEAP:
				return Deeds.exhaustHeap().call();
			default:
				return (this.argument == null) ? this.id : this.argument;
		}
	}

	/**
	 * One write in append mode: neither an interrupt nor another process tears it.
	 */
	private void trace() throws IOException {
		try (FileOutputStream out = new FileOutputStream(this.trace, true)) {
			out.write(ByteBuffer.allocate(Integer.BYTES).putInt(this.id).array());
		}
	}

	/**
	 * Whether a result is the right one.
	 */
	boolean isRight(Object result) {
		switch (this.kind) {
			case QUICK:
			case SLEEP:
				return Integer.valueOf(this.id).equals(result);
			case BUSY:
				return compute(this.amount).equals(result);
			case ECHO:
				return result instanceof byte[] bytes && java.util.Arrays.equals(bytes, pattern(this.id, this.amount));
			default:
				return false;
		}
	}

	ChaosKind kind() {
		return this.kind;
	}

	int id() {
		return this.id;
	}

	/**
	 * Counts the executions of each task.
	 * @return number of executions by id
	 */
	static int[] executions(Path trace, int tasks) throws IOException {
		ByteBuffer ids = ByteBuffer.wrap(Files.readAllBytes(trace));
		int[] counts = new int[tasks + 1];
		while (ids.hasRemaining()) {
			counts[ids.getInt()]++;
		}
		return counts;
	}

	private static byte[] pattern(int id, int length) {
		byte[] bytes = new byte[length];
		for (int i = 0; i < length; i++) {
			bytes[i] = (byte) (id + i * 31);
		}
		return bytes;
	}

	private static Long compute(int rounds) {
		long value = rounds;
		for (int i = 0; i < rounds * 10_000; i++) {
			value = value * 6364136223846793005L + 1442695040888963407L;
		}
		return value;
	}

}
