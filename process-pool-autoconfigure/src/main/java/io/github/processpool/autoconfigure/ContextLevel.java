package io.github.processpool.autoconfigure;

/**
 * How much of the application's context a worker has.
 *
 * @since 0.1.0
 */
public enum ContextLevel {

	/**
	 * The application's own context, without web server, runners, schedulers, message
	 * listeners and migrations.
	 */
	APPLICATION,

	/**
	 * A context of a few configuration classes.
	 */
	CONFIGURATION,

	/**
	 * No context: static methods and plain classes only.
	 */
	NONE

}
