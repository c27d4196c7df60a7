package io.github.processpool.codec;

/**
 * One entry of an allow-list: a class with its nested classes, a package, or a package
 * and all below it.
 *
 * @param name name of the class or the package
 * @param kind what the name stands for
 */
record TypePattern(String name, Kind kind) {

	/** What a pattern names. */
	enum Kind {

		/** {@code com.example.Foo}. */
		CLASS(""),

		/** {@code com.example.*}. */
		PACKAGE(".*"),

		/** {@code com.example.**}. */
		PACKAGE_TREE(".**");

		private final String suffix;

		Kind(String suffix) {
			this.suffix = suffix;
		}

	}

	static TypePattern parse(String pattern) {
		String text = pattern.strip();
		Kind kind = text.endsWith(Kind.PACKAGE_TREE.suffix) ? Kind.PACKAGE_TREE
				: text.endsWith(Kind.PACKAGE.suffix) ? Kind.PACKAGE : Kind.CLASS;
		String name = text.substring(0, text.length() - kind.suffix.length());
		if (!isQualifiedName(name)) {
			throw new IllegalArgumentException("'" + pattern + "' is no pattern of types. "
					+ "Write a class such as 'com.example.Foo', a package such as 'com.example.*', "
					+ "or a package and all below it such as 'com.example.**'.");
		}
		return new TypePattern(name, kind);
	}

	boolean matches(String className, String packageName) {
		return switch (this.kind) {
			case CLASS -> startsWith(className, '$');
			case PACKAGE -> packageName.equals(this.name);
			case PACKAGE_TREE -> startsWith(packageName, '.');
		};
	}

	private boolean startsWith(String text, char separator) {
		int length = this.name.length();
		return text.startsWith(this.name) && (text.length() == length || text.charAt(length) == separator);
	}

	private static boolean isQualifiedName(String name) {
		boolean start = true;
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (start ? !Character.isJavaIdentifierStart(c) : c != '.' && !Character.isJavaIdentifierPart(c)) {
				return false;
			}
			start = (c == '.');
		}
		return !start;
	}

}
