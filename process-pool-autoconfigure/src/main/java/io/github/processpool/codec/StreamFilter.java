package io.github.processpool.codec;

import java.io.ObjectInputFilter;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Judges one object stream: its classes by a predicate, its arrays by what the stream can
 * hold at all, so that a short stream cannot claim a lot of memory. Remembers what it
 * refused. Confined to one thread.
 */
final class StreamFilter implements ObjectInputFilter {

	/** Far above what the stack of a thread can take; graphs are refused by no less. */
	static final int MAX_DEPTH = 20_000;

	static final String TOO_DEEP = "its objects are nested more than " + MAX_DEPTH + " deep";

	/** Hash tables are larger than what they hold, small ones in particular. */
	private static final int SLACK = 1024;

	private final Predicate<Class<?>> allowed;

	private long budget;

	private @Nullable String refusal;

	private @Nullable Class<?> refusedClass;

	/**
	 * Creates a filter.
	 * @param allowed judges classes
	 * @param bytes length of the stream
	 */
	StreamFilter(Predicate<Class<?>> allowed, long bytes) {
		this.allowed = allowed;
		this.budget = 2 * bytes + SLACK;
	}

	@Override
	public Status checkInput(FilterInfo info) {
		if (this.refusal != null) {
			return Status.REJECTED;
		}
		if (info.depth() > MAX_DEPTH) {
			this.refusal = TOO_DEEP;
			return Status.REJECTED;
		}
		Class<?> type = info.serialClass();
		if (type == null) {
			return Status.UNDECIDED;
		}
		if (!this.allowed.test(type)) {
			Class<?> refused = type;
			while (refused.isArray()) {
				refused = refused.getComponentType();
			}
			this.refusedClass = refused;
			this.refusal = refused.getName() + " is refused by the filter";
			return Status.REJECTED;
		}
		if (info.arrayLength() >= 0) {
			this.budget -= info.arrayLength() * bytesPerElement(type);
			if (this.budget < 0) {
				this.refusal = "an array claims to be longer than the data";
				return Status.REJECTED;
			}
		}
		return Status.ALLOWED;
	}

	private static long bytesPerElement(Class<?> arrayType) {
		Class<?> type = arrayType.getComponentType();
		if (type == long.class || type == double.class) {
			return Long.BYTES;
		}
		if (type == int.class || type == float.class) {
			return Integer.BYTES;
		}
		if (type == short.class || type == char.class) {
			return Short.BYTES;
		}
		return 1;
	}

	/**
	 * Why the stream was refused.
	 * @return part of a sentence, or {@code null} if nothing was refused
	 */
	@Nullable String refusal() {
		return this.refusal;
	}

	/**
	 * The class that was refused.
	 * @return the class, or {@code null} if none was
	 */
	@Nullable Class<?> refusedClass() {
		return this.refusedClass;
	}

}
