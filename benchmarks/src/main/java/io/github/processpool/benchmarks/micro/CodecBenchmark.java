package io.github.processpool.benchmarks.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.processpool.SerializationCodec;
import io.github.processpool.codec.TypeFilter;
import io.github.processpool.codec.ValueCodec;
import io.github.processpool.protocol.PayloadOutput;
import org.jspecify.annotations.Nullable;
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
 * Arguments to bytes and back.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {

	private static final long LIMIT = 64 << 20;

	/** What is sent. */
	@Param({ "integer", "text", "record", "records" })
	public String kind = "";

	/** What turns it into bytes. */
	@Param({ "FORY", "JDK" })
	public SerializationCodec codecName = SerializationCodec.FORY;

	private ValueCodec codec = values(SerializationCodec.FORY);

	private @Nullable Object[] values = new Object[0];

	private byte[] bytes = new byte[0];

	/** Makes the values. */
	@Setup
	public void prepare() {
		this.codec = values(this.codecName);
		this.values = new Object[] { switch (this.kind) {
			case "integer" -> 42;
			case "text" -> "a text of a usual length, as names and keys are";
			case "record" -> new Row(7, "row", 1.5);
			default -> IntStream.range(0, 1000).mapToObj((id) -> new Row(id, "row " + id, id * 1.5)).toList();
		} };
		this.bytes = encode();
	}

	private static ValueCodec values(SerializationCodec name) {
		return new ValueCodec(name, TypeFilter.of(List.of("io.github.processpool.benchmarks.micro.**")),
				CodecBenchmark.class.getClassLoader());
	}

	@Benchmark
	@SuppressWarnings("NullAway") // the class file does not tell that elements may be
									// null
	public byte[] encode() {
		PayloadOutput out = new PayloadOutput(LIMIT);
		this.codec.write(out, this.values, "task", (index) -> "value");
		return out.toPayload().toByteArray();
	}

	@Benchmark
	public @Nullable Object[] decode() {
		return this.codec.read(this.bytes, 0, "task", (index) -> "value");
	}

}
