package io.github.processpool.codec;

import java.util.List;

import io.github.processpool.protocol.PayloadOutput;
import org.apache.fory.config.Config;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.exception.ForyException;
import org.apache.fory.memory.MemoryBuffer;
import org.apache.fory.serializer.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Objects that the JDK serialises: those whose classes have serialisation methods of
 * their own, exceptions, proxies. Each is a stream within the graph, so that what it
 * shares with the rest of the graph is shared no longer; that is only done where the JDK
 * cannot write the whole graph.
 */
final class ForyExoticSerializer extends Serializer<Object> {

	private final ForyState state;

	private final JdkObjectCodec jdk;

	@SuppressWarnings("unchecked")
	ForyExoticSerializer(Config config, Class<?> type, ForyState state, JdkObjectCodec jdk) {
		super(config, (Class<Object>) type);
		this.state = state;
		this.jdk = jdk;
	}

	@Override
	public void write(WriteContext context, Object value) {
		if (!this.state.isExotic()) {
			throw ExoticTypeException.INSTANCE;
		}
		PayloadOutput out = new PayloadOutput(Math.max(0, this.state.limit() - context.getBuffer().writerIndex()));
		try {
			this.jdk.write(out, List.of(value));
		}
		catch (GraphException ex) {
			throw new ForyException(ex.failure());
		}
		byte[] bytes = out.toPayload().toByteArray();
		context.writeVarUInt32(bytes.length);
		context.getBuffer().writeBytes(bytes);
	}

	@Override
	public @Nullable Object read(ReadContext context) {
		MemoryBuffer buffer = context.getBuffer();
		int length = context.readVarUInt32();
		buffer.checkReadableBytes(length);
		byte[] bytes = buffer.readBytes(length);
		try {
			return this.jdk.read(bytes, 0, 1)[0];
		}
		catch (GraphException ex) {
			throw new ForyException(ex.failure());
		}
	}

}
