package io.github.processpool.codec;

import org.apache.fory.exception.ForyException;
import org.apache.fory.resolver.TypeChecker;
import org.apache.fory.resolver.TypeResolver;

/**
 * Judges classes that are named in a graph before they are used for anything. The
 * serializers of objects judge once more, by the class.
 */
final class ForyTypeChecker implements TypeChecker {

	private final TypeFilter filter;

	private final ClassLoader classLoader;

	private final ForyState state;

	ForyTypeChecker(TypeFilter filter, ClassLoader classLoader, ForyState state) {
		this.filter = filter;
		this.classLoader = classLoader;
		this.state = state;
	}

	@Override
	public boolean checkType(TypeResolver resolver, String className) {
		Class<?> type;
		try {
			type = Class.forName(className, false, this.classLoader);
		}
		catch (ClassNotFoundException ex) {
			if (this.state.isReading()) {
				throw new ForyException(new ClassNotFoundException(className, ex));
			}
			// Lambdas and proxies: they are not written by their name
			return true;
		}
		if (!this.filter.allows(type)) {
			throw new ForyException(StreamRefusedException.of(type));
		}
		return true;
	}

}
