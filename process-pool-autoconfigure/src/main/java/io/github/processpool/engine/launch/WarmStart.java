package io.github.processpool.engine.launch;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * What is kept on disk so that workers start faster.
 *
 * @param level how much of it a launch uses
 * @param cacheDirectory where it is kept, or {@code null} for the user's cache directory
 * @param cacheSetting how the user calls the setting of that directory
 * @param profile what a worker is for; an archive of classes serves one profile
 * @since 0.1.0
 */
public record WarmStart(Level level, @Nullable Path cacheDirectory, String cacheSetting, String profile) {

	/** Nothing. */
	public static final WarmStart NONE = new WarmStart(Level.NONE, null, "", "");

	/**
	 * The same on another level.
	 * @param level how much is used
	 * @return a copy
	 */
	public WarmStart withLevel(Level level) {
		return new WarmStart(level, this.cacheDirectory, this.cacheSetting, this.profile);
	}

	/**
	 * The same for workers that do more than what they are for tells.
	 * @param more what tells them apart, or an empty text
	 * @return a copy
	 */
	public WarmStart withProfile(String more) {
		return more.isEmpty() ? this
				: new WarmStart(this.level, this.cacheDirectory, this.cacheSetting, this.profile + " " + more);
	}

	/**
	 * How much is used.
	 */
	public enum Level {

		/** Nothing: the class path is that of this JVM, and no file is kept. */
		NONE,

		/** The jars inside an executable archive are extracted once. */
		FLAT,

		/** In addition, classes come from an archive if there is one. */
		ARCHIVE,

		/** The worker makes that archive when it ends. */
		TRAINING

	}

}
