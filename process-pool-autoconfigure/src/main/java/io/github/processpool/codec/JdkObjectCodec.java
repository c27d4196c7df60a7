package io.github.processpool.codec;

import java.io.ByteArrayInputStream;
import java.io.ObjectOutputStream;
import java.io.StreamCorruptedException;
import java.util.List;

import io.github.processpool.protocol.PayloadOutput;
import org.jspecify.annotations.Nullable;

/**
 * The serialisation of the JDK. One stream holds all values of a graph.
 */
final class JdkObjectCodec implements ObjectCodec {

	private final TypeFilter filter;

	private final ClassLoader classLoader;

	private final boolean whole;

	JdkObjectCodec(TypeFilter filter, ClassLoader classLoader) {
		this(filter, classLoader, false);
	}

	/**
	 * Creates a codec.
	 * @param filter what may be written and read
	 * @param classLoader where classes are looked up
	 * @param whole whether to refuse objects of which a part would be left out
	 */
	JdkObjectCodec(TypeFilter filter, ClassLoader classLoader, boolean whole) {
		this.filter = filter;
		this.classLoader = classLoader;
		this.whole = whole;
	}

	@Override
	public void write(PayloadOutput out, List<Object> values) throws GraphException {
		RememberingOutput target = new RememberingOutput(out);
		int index = 0;
		try {
			ObjectOutputStream stream = new JudgingObjectOutput(target, this.filter, this.whole);
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

	@Override
	public void warmUp() {
		// Its first use is fast enough
	}

	@Override
	public boolean writesAnyClass() {
		return false;
	}

}
