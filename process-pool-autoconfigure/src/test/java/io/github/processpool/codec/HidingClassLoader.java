package io.github.processpool.codec;

import java.util.Set;

/**
 * A class loader that does not know some classes of its parent.
 */
final class HidingClassLoader extends ClassLoader {

	private final Set<String> hidden;

	HidingClassLoader(Class<?>... hidden) {
		super(HidingClassLoader.class.getClassLoader());
		this.hidden = Set.of(java.util.Arrays.stream(hidden).map(Class::getName).toArray(String[]::new));
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (this.hidden.contains(name)) {
			throw new ClassNotFoundException(name);
		}
		return super.loadClass(name, resolve);
	}

}
