package io.github.processpool.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectStreamClass;
import java.io.StreamCorruptedException;

import io.github.processpool.RemoteTaskException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one exception and puts into it what its placeholders stand for.
 */
final class ThrowableObjectInput extends ResolvingObjectInput {

	private final ThrowableNode node;

	private final Throwables others;

	ThrowableObjectInput(byte[] bytes, ClassLoader classLoader, StreamFilter filter, ThrowableNode node,
			Throwables others) throws IOException {
		super(new ByteArrayInputStream(bytes), classLoader, filter);
		this.node = node;
		this.others = others;
		enableResolveObject(true);
	}

	@Override
	protected Class<?> resolveClass(ObjectStreamClass descriptor) throws ClassNotFoundException {
		String name = descriptor.getName();
		// Ours, whether or not the application's class loader can see it
		if (name.equals(ThrowablePlaceholder.class.getName())) {
			return ThrowablePlaceholder.class;
		}
		if (name.equals(ThrowablePlaceholder.Kind.class.getName())) {
			return ThrowablePlaceholder.Kind.class;
		}
		return super.resolveClass(descriptor);
	}

	@Override
	protected @Nullable Object resolveObject(Object object) throws IOException {
		if (!(object instanceof ThrowablePlaceholder placeholder)) {
			return object;
		}
		if (placeholder.kind() == null) {
			throw new StreamCorruptedException("a placeholder for nothing");
		}
		return switch (placeholder.kind()) {
			case THROWABLE -> this.others.get(placeholder.index());
			case OMITTED -> new RemoteTaskException("An exception was left out: there were too many", null,
					Throwable.class.getName(), null, "");
			case MESSAGE -> this.node.message();
			case FRAMES -> this.node.frames();
		};
	}

	/** The exceptions that were rebuilt before. */
	@FunctionalInterface
	interface Throwables {

		@Nullable Throwable get(int number) throws IOException;

	}

}
