package io.github.processpool.codec;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

import org.jspecify.annotations.Nullable;

/**
 * Object stream that refuses to write what the other side would refuse to read. Confined
 * to one thread.
 */
final class JudgingObjectOutput extends ObjectOutputStream {

	private final TypeFilter filter;

	private final boolean whole;

	private @Nullable IOException refusal;

	/**
	 * Creates a stream.
	 * @param out where to
	 * @param filter what may be written
	 * @param whole whether to refuse objects of which the stream would leave out a part:
	 * the fields of a superclass that is not serialisable
	 * @throws IOException if the header cannot be written
	 */
	JudgingObjectOutput(OutputStream out, TypeFilter filter, boolean whole) throws IOException {
		super(out);
		this.filter = filter;
		this.whole = whole;
	}

	@Override
	protected void annotateClass(Class<?> type) throws IOException {
		if (this.refusal != null) {
			// The stream writes the exception as its last object, which may be refused
			// too
			throw this.refusal;
		}
		if (!this.filter.allows(type)) {
			this.refusal = StreamRefusedException.of(type);
			throw this.refusal;
		}
		if (this.whole && losesFields(type)) {
			this.refusal = new NotSerializableException(type.getSuperclass().getName());
			throw this.refusal;
		}
	}

	@Override
	protected void annotateProxyClass(Class<?> type) throws IOException {
		try {
			this.filter.requireInterfaces(type);
		}
		catch (StreamRefusedException ex) {
			this.refusal = ex;
			throw ex;
		}
	}

	private static boolean losesFields(Class<?> type) {
		Class<?> parent = type.getSuperclass();
		if (parent == null || JdkTypes.isPlatform(type) || !Serializable.class.isAssignableFrom(type)
				|| Serializable.class.isAssignableFrom(parent)) {
			return false;
		}
		for (; parent != null && !JdkTypes.isPlatform(parent); parent = parent.getSuperclass()) {
			for (Field field : parent.getDeclaredFields()) {
				if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
					return true;
				}
			}
		}
		return false;
	}

}
