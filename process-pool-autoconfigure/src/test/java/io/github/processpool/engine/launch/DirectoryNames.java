package io.github.processpool.engine.launch;

import java.nio.charset.Charset;

/**
 * Names of directories that have given trouble.
 */
final class DirectoryNames {

	private DirectoryNames() {
	}

	/**
	 * As much of a name as the locale of this process has: under {@code LC_ALL=POSIX}
	 * Java can make no file with an umlaut.
	 * @param name a name
	 * @return that name, without characters that no file can have here
	 */
	static String nasty(String name) {
		boolean possible = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"))
			.newEncoder()
			.canEncode(name);
		return possible ? name : name.replaceAll("[^\\p{ASCII}]", "");
	}

}
