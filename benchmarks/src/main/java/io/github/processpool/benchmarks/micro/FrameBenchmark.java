package io.github.processpool.benchmarks.micro;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.TimeUnit;

import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.FrameReader;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.FrameWriter;
import io.github.processpool.protocol.Payload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Frames, without a socket.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameBenchmark {

	private static final long LIMIT = 64 << 20;

	/** Bytes of the body. */
	@Param({ "32", "65536" })
	public int size;

	private final Memory memory = new Memory();

	private final FrameWriter writer = new FrameWriter(this.memory);

	private final FrameReader reader = new FrameReader(this.memory, LIMIT);

	private Payload payload = Payload.EMPTY;

	/**
	 * Makes what is read.
	 * @throws IOException never
	 */
	@Setup
	public void prepare() throws IOException {
		this.payload = Payload.of(new byte[this.size]);
		write();
		this.memory.keep();
	}

	@Benchmark
	public boolean write() throws IOException {
		this.memory.forget();
		this.writer.add(FrameType.RESULT, 0, 1, this.payload);
		return this.writer.flush();
	}

	@Benchmark
	public Frame parse() throws IOException {
		this.memory.again();
		Frame frame = null;
		while (frame == null) {
			// It first notices that the channel was empty after the last frame
			frame = this.reader.poll();
		}
		return frame;
	}

	/**
	 * Takes everything at once, and gives it again and again.
	 */
	private static final class Memory implements WritableByteChannel, ReadableByteChannel {

		private final ByteBuffer written = ByteBuffer.allocateDirect(256 << 10);

		private ByteBuffer kept = ByteBuffer.allocate(0);

		void forget() {
			this.written.clear();
		}

		void keep() {
			this.kept = this.written.duplicate().flip();
		}

		void again() {
			this.kept.rewind();
		}

		@Override
		public int write(ByteBuffer source) {
			int length = source.remaining();
			this.written.put(source);
			return length;
		}

		@Override
		public int read(ByteBuffer target) {
			int length = Math.min(target.remaining(), this.kept.remaining());
			target.put(target.position(), this.kept, this.kept.position(), length);
			target.position(target.position() + length);
			this.kept.position(this.kept.position() + length);
			return length;
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public void close() {
			// Nothing to close
		}

	}

}
