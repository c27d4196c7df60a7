package io.github.processpool.codec;

import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.PayloadOutput;
import io.github.processpool.protocol.PayloadTooLargeException;
import org.apache.fory.Fory;
import org.apache.fory.memory.MemoryBuffer;
import org.apache.fory.resolver.SharedRegistry;
import org.jspecify.annotations.Nullable;

/**
 * One serialiser, which serves one graph at a time. It generates no code: that would take
 * some hundred milliseconds for each class and keep class loaders alive. Confined to the
 * thread that has borrowed it.
 */
final class ForyInstance {

	/** A buffer that is larger belongs to the graph and goes along with it. */
	private static final int LARGEST_KEPT_BUFFER = 16 * 1024;

	private final Fory fory;

	private final ForyValues root = new ForyValues();

	private final ForyState state = new ForyState();

	private @Nullable MemoryBuffer buffer;

	ForyInstance(TypeFilter filter, ClassLoader classLoader, SharedRegistry registry, ForyStructs structs) {
		ForySerializers serializers = new ForySerializers(filter, classLoader, this.state, structs);
		this.fory = Fory.builder()
			.withXlang(false)
			// Both sides have the same classes
			.withCompatible(false)
			.withRefTracking(true)
			.withCodegen(false)
			.registerGuavaTypes(false)
			.requireClassRegistration(false)
			.withTypeChecker(new ForyTypeChecker(filter, classLoader, this.state))
			.withSerializerFactory(serializers)
			.withMaxDepth(StreamFilter.MAX_DEPTH)
			.withMaxGraphMemoryBytes(ForyValuesSerializer.MEMORY)
			.withClassLoader(classLoader)
			.withSharedRegistry(registry)
			.build();
		serializers.replaceDefaults(this.fory);
		this.fory.registerSerializerAndType(ForyValues.class,
				new ForyValuesSerializer(this.fory.getConfig(), this.root));
	}

	/**
	 * Writes a graph.
	 * @param out where to
	 * @param values its values
	 * @param exotic whether objects that only the JDK handles are embedded
	 * @throws PayloadTooLargeException if it is larger than what is left
	 */
	void write(PayloadOutput out, Object[] values, boolean exotic) throws PayloadTooLargeException {
		MemoryBuffer target = this.buffer;
		if (target == null) {
			target = MemoryBuffer.newHeapBuffer(LARGEST_KEPT_BUFFER);
			this.buffer = target;
		}
		target.writerIndex(0);
		this.state.beginWriting(exotic, out.left());
		this.root.begin(values, 0);
		try {
			this.fory.serialize(target, this.root);
		}
		finally {
			this.root.end();
			if (target.size() > LARGEST_KEPT_BUFFER) {
				this.buffer = null;
			}
		}
		byte[] bytes = target.getHeapMemory();
		int length = target.writerIndex();
		if (length > LARGEST_KEPT_BUFFER) {
			out.append(Payload.of(bytes, length));
		}
		else {
			out.write(bytes, 0, length);
		}
	}

	/**
	 * Reads a graph.
	 * @param body where it is, up to its end
	 * @param offset where it begins
	 * @param count how many values it has
	 * @return the values
	 */
	@Nullable Object[] read(byte[] body, int offset, int count) {
		MemoryBuffer source = MemoryBuffer.fromByteArray(body, offset, body.length - offset);
		@Nullable Object[] values = new @Nullable Object[count];
		this.state.beginReading();
		this.root.begin(values, body.length - offset);
		try {
			if (this.fory.deserialize(source) != this.root) {
				throw new IllegalArgumentException("no values");
			}
			int left = source.size() - source.readerIndex();
			if (left > 0) {
				throw new IllegalArgumentException(left + " bytes too many");
			}
			return values;
		}
		finally {
			this.root.end();
		}
	}

	/**
	 * Which value was written or read last.
	 */
	int index() {
		return this.root.index;
	}

}
