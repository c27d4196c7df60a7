package io.github.processpool.codec;

import java.io.ByteArrayInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The serialisation of the JDK. One stream holds all values of a graph.
 */
final class JdkObjectCodec implements ObjectCodec {

	private final TypeFilter filter;

	private final ClassLoader classLoader;

	JdkObjectCodec(TypeFilter filter, ClassLoader classLoader) {
		this.filter = filter;
		this.classLoader = classLoader;
	}

	@Override
	public void write(OutputStream out, List<Object> values) throws GraphException {
		RememberingOutput target = new RememberingOutput(out);
		int index = 0;
		try {
			ObjectOutputStream stream = new ObjectOutputStream(target);
			for (; index < values.size(); index++) {
				stream.writeObject(values.get(index));
				target.check();
			}
			index--;
			stream.flush();
			target.check();
		}
		catch (Throwable ex) {
			throw new GraphException(index, target.failureOr(ex));
		}
	}

	@Override
	public @Nullable Object[] read(byte[] body, int offset, int count) throws GraphException {
		int index = 0;
		try {
			int length = body.length - offset;
			ByteArrayInputStream in = new ByteArrayInputStream(body, offset, length);
			@Nullable Object[] values = new @Nullable Object[count];
			StreamFilter streamFilter = new StreamFilter(this.filter::allows, length);
			ResolvingObjectInput stream = new ResolvingObjectInput(in, this.classLoader, streamFilter);
			for (; index < count; index++) {
				values[index] = stream.readChecked();
			}
			index--;
			if (in.available() > 0) {
				throw new StreamCorruptedException(in.available() + " bytes too many");
			}
			return values;
		}
		catch (Throwable ex) {
			throw new GraphException(index, ex);
		}
	}

}
