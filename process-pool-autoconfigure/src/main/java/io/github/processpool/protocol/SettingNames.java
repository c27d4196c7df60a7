package io.github.processpool.protocol;

import java.util.Locale;

/**
 * How the user of a pool calls its settings: by properties or by methods of the builder.
 * Whoever says what to change says it by these names. Immutable.
 */
public final class SettingNames {

	/** System property that holds the prefix in the JVM of a worker. */
	public static final String SYSTEM_PROPERTY = "io.github.processpool.worker.settings";

	private static final String PROPERTIES = "process-pool.";

	private static final String BUILDER = "ProcessPool.Builder.";

	private final String prefix;

	private SettingNames(String prefix) {
		this.prefix = prefix;
	}

	/**
	 * Names of the properties of a pool.
	 * @param pool name of the pool
	 * @return the names
	 */
	public static SettingNames ofPool(String pool) {
		return new SettingNames(pool.equals("default") ? PROPERTIES : PROPERTIES + "pools." + pool + ".");
	}

	/**
	 * Names of the methods of the builder.
	 * @return the names
	 */
	public static SettingNames ofBuilder() {
		return new SettingNames(BUILDER);
	}

	/**
	 * Names for the pool that this JVM is a worker of.
	 * @return the names, those of the default pool in a JVM that is no worker
	 */
	public static SettingNames ofThisWorker() {
		return new SettingNames(System.getProperty(SYSTEM_PROPERTY, PROPERTIES));
	}

	/**
	 * What all names begin with.
	 * @return value of {@link #SYSTEM_PROPERTY} in workers
	 */
	public String prefix() {
		return this.prefix;
	}

	/**
	 * Whether they are properties.
	 * @return {@code false} if they are methods of the builder
	 */
	public boolean areProperties() {
		return !this.prefix.equals(BUILDER);
	}

	/**
	 * Name of a setting in quotation marks.
	 * @param setting name of its property without prefix, such as {@code worker.max-heap}
	 * @return such as {@code 'process-pool.worker.max-heap'} or
	 * {@code 'ProcessPool.Builder.maxHeap'}
	 */
	public String of(String setting) {
		return "'" + this.prefix + (areProperties() ? setting : method(setting)) + "'";
	}

	private static String method(String setting) {
		String[] words = setting.substring(setting.lastIndexOf('.') + 1).split("-");
		StringBuilder name = new StringBuilder(words[0]);
		for (int i = 1; i < words.length; i++) {
			name.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
		}
		return name.toString();
	}

	@Override
	public String toString() {
		return this.prefix;
	}

}
