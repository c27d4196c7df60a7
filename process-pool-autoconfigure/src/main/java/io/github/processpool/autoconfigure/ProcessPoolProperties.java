package io.github.processpool.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the default pool, from which the named pools inherit, and of all pools.
 *
 * @since 0.1.0
 */
@ConfigurationProperties(ProcessPoolProperties.PREFIX)
public class ProcessPoolProperties extends PoolProperties {

	static final String PREFIX = "process-pool";

	/**
	 * Whether there are pools. Without them, methods marked with '@DeferToProcess' run in
	 * place as if they were not marked.
	 */
	private boolean enabled = true;

	/**
	 * Where tasks run.
	 */
	private Mode mode = Mode.PROCESS;

	/**
	 * When workers are started.
	 */
	private Start start = Start.LAZY;

	/**
	 * Pools beside the default pool, by name. What a pool does not set it inherits from
	 * the default pool: lists replace those inherited, maps are merged.
	 */
	private Map<String, PoolProperties> pools = new LinkedHashMap<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Mode getMode() {
		return this.mode;
	}

	public void setMode(Mode mode) {
		this.mode = mode;
	}

	public Start getStart() {
		return this.start;
	}

	public void setStart(Start start) {
		this.start = start;
	}

	public Map<String, PoolProperties> getPools() {
		return this.pools;
	}

	public void setPools(Map<String, PoolProperties> pools) {
		this.pools = pools;
	}

	/**
	 * Where tasks run.
	 */
	public enum Mode {

		/** In workers. */
		PROCESS,

		/**
		 * On threads of the application, with copies of arguments and results as in a
		 * worker. For tests and for debugging.
		 */
		INLINE

	}

	/**
	 * When workers are started.
	 */
	public enum Start {

		/** With the first call. */
		LAZY,

		/** As many as core-size says, when the application is ready. */
		EAGER

	}

}
