package io.github.processpool.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import io.github.processpool.SerializationCodec;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.protocol.PayloadOutput;
import io.github.processpool.protocol.SettingNames;
import org.jspecify.annotations.Nullable;

/**
 * Arguments and results to bytes and back. Scalars, strings and arrays of primitives need
 * no serialiser. All other values of a list are one graph: an object that two of them
 * share is shared again on the other side; of an array of primitives that holds only
 * between the values themselves, not for what is inside of another value. <pre>
 * count | per value: tag, its bytes | graph of the values whose tag is OBJECT
 * </pre> Immutable and thread-safe, as far as the values are.
 */
public final class ValueCodec {

	private static final int MAX_COUNT = 255;

	private final ObjectCodec objects;

	private final SettingNames settings;

	/**
	 * Creates a codec.
	 * @param codec how objects are serialised
	 * @param filter what may be written and read
	 * @param classLoader where classes are looked up when values are read
	 * @throws IllegalStateException if the serialiser is not on the class path
	 */
	public ValueCodec(SerializationCodec codec, TypeFilter filter, ClassLoader classLoader) {
		this.objects = switch (Codecs.require(codec, filter.settings())) {
			case FORY -> new ForyObjectCodec(filter, classLoader);
			case JDK -> new JdkObjectCodec(filter, classLoader);
		};
		this.settings = filter.settings();
	}

	/**
	 * Does beforehand what makes the first use slow: some hundred milliseconds of work
	 * that are better done off the way of a call.
	 */
	public void warmUp() {
		this.objects.warmUp();
	}

	/**
	 * Appends values. After a failure the output is of no use.
	 * @param out where to
	 * @param values the values, at most 255
	 * @param task how messages call the task
	 * @param names how messages call the value of an index, such as
	 * {@code parameter 'request'}
	 * @throws TaskSerializationException if a value cannot be written, whatever the
	 * cause, or is larger than what the output takes
	 */
	public void write(PayloadOutput out, @Nullable Object[] values, String task, IntFunction<String> names) {
		if (values.length > MAX_COUNT) {
			throw new IllegalArgumentException(values.length + " values, at most " + MAX_COUNT + " can be sent");
		}
		int index = 0;
		try {
			List<Object> graph = null;
			List<Integer> graphIndexes = null;
			BodyWriter writer = new BodyWriter(out);
			writer.writeByte(values.length);
			for (; index < values.length; index++) {
				Object value = values[index];
				int same = (value != null && BodyWriter.isPrimitiveArray(value)) ? indexOf(value, values, index) : -1;
				if (same >= 0) {
					writer.writeByte(Tag.SAME);
					writer.writeByte(same);
				}
				else if (!writer.writeValue(value)) {
					writer.writeByte(Tag.OBJECT);
					if (graph == null || graphIndexes == null) {
						graph = new ArrayList<>(values.length - index);
						graphIndexes = new ArrayList<>(values.length - index);
					}
					graph.add(value);
					graphIndexes.add(index);
				}
			}
			if (graph != null && graphIndexes != null) {
				writeGraph(out, graph, graphIndexes, task, names);
			}
		}
		catch (TaskSerializationException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			int failed = Math.min(index, values.length - 1);
			throw ValueFailure.writing(task, (failed < 0) ? "its values" : names.apply(failed),
					(failed < 0) ? null : values[failed], ex, this.objects.writesAnyClass(), this.settings);
		}
	}

	private void writeGraph(PayloadOutput out, List<Object> graph, List<Integer> indexes, String task,
			IntFunction<String> names) {
		try {
			this.objects.write(out, graph);
		}
		catch (GraphException ex) {
			throw ValueFailure.writing(task, names.apply(indexes.get(ex.index())), graph.get(ex.index()), ex.failure(),
					this.objects.writesAnyClass(), this.settings);
		}
	}

	/**
	 * Reads what {@link #write} wrote to an output that took no large arrays.
	 * @param body where the values are; they end where it ends
	 * @param offset where they begin
	 * @param task how messages call the task
	 * @param names how messages call the value of an index
	 * @return the values
	 * @throws TaskSerializationException if a value cannot be read, whatever the cause,
	 * or is refused by the filter
	 */
	public @Nullable Object[] read(byte[] body, int offset, String task, IntFunction<String> names) {
		return read(body, offset, List.of(), task, names);
	}

	/**
	 * Reads what {@link #write} wrote.
	 * @param body where the values are; they end where it ends
	 * @param offset where they begin
	 * @param arrays the large arrays among them, which are not copied
	 * @param task how messages call the task
	 * @param names how messages call the value of an index
	 * @return the values
	 * @throws TaskSerializationException if a value cannot be read, whatever the cause,
	 * or is refused by the filter
	 */
	public @Nullable Object[] read(byte[] body, int offset, List<byte[]> arrays, String task,
			IntFunction<String> names) {
		int index = 0;
		try {
			BodyReader reader = new BodyReader(body, offset, arrays);
			int count = reader.readByte();
			@Nullable Object[] values = new @Nullable Object[count];
			List<Integer> graphIndexes = null;
			for (; index < count; index++) {
				int tag = reader.readByte();
				if (tag == Tag.OBJECT) {
					if (graphIndexes == null) {
						graphIndexes = new ArrayList<>(count - index);
					}
					graphIndexes.add(index);
				}
				else if (tag == Tag.SAME) {
					int same = reader.readByte();
					if (same >= index) {
						throw new DamagedBodyException(reader.position(), "a reference to value " + same);
					}
					values[index] = values[same];
				}
				else {
					values[index] = reader.readValue(tag);
				}
			}
			reader.requireAllArrays();
			if (graphIndexes == null) {
				reader.requireEnd();
			}
			else {
				readGraph(body, reader.position(), values, graphIndexes, task, names);
			}
			return values;
		}
		catch (TaskSerializationException ex) {
			throw ex;
		}
		catch (DamagedBodyException ex) {
			throw ValueFailure.damaged(task, ex);
		}
		catch (Throwable ex) {
			throw ValueFailure.reading(task, names.apply(index), ex, this.settings);
		}
	}

	private void readGraph(byte[] body, int offset, @Nullable Object[] values, List<Integer> indexes, String task,
			IntFunction<String> names) {
		try {
			@Nullable Object[] graph = this.objects.read(body, offset, indexes.size());
			for (int i = 0; i < graph.length; i++) {
				values[indexes.get(i)] = graph[i];
			}
		}
		catch (GraphException ex) {
			throw ValueFailure.reading(task, names.apply(indexes.get(ex.index())), ex.failure(), this.settings);
		}
	}

	private static int indexOf(Object value, @Nullable Object[] values, int end) {
		for (int i = 0; i < end; i++) {
			if (values[i] == value) {
				return i;
			}
		}
		return -1;
	}

}
