package io.github.processpool.codec;

import org.apache.fory.config.Config;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.serializer.Serializer;

/**
 * Writes and reads the root of a graph.
 */
final class ForyValuesSerializer extends Serializer<ForyValues> {

	/** Memory that reading any graph may take, such as a map with a few entries. */
	private static final long LEAST_MEMORY = 1024 * 1024;

	/** Memory of what one byte can stand for at most, such as an empty object. */
	private static final long MEMORY_PER_BYTE = 32;

	/** What the configuration allows, of which each graph gives back most. */
	static final long MEMORY = 1L << 50;

	private final ForyValues root;

	ForyValuesSerializer(Config config, ForyValues root) {
		super(config, ForyValues.class, false, true);
		this.root = root;
	}

	@Override
	public void write(WriteContext context, ForyValues values) {
		for (values.index = 0; values.index < values.values.length; values.index++) {
			context.writeRef(values.values[values.index]);
		}
		values.index--;
	}

	@Override
	public ForyValues read(ReadContext context) {
		// Neither can be set for one graph, and a short one must not take much
		context.reserveGraphMemory(MEMORY - LEAST_MEMORY - MEMORY_PER_BYTE * this.root.length);
		ForyValues values = this.root;
		for (values.index = 0; values.index < values.values.length; values.index++) {
			values.values[values.index] = context.readRef();
		}
		values.index--;
		return values;
	}

}
