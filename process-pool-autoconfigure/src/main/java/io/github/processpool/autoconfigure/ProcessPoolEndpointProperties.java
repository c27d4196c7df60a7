package io.github.processpool.autoconfigure;

import java.util.HashSet;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the endpoint beyond those of every endpoint.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("management.endpoint.processpool")
public class ProcessPoolEndpointProperties {

	/**
	 * When to show values of JVM arguments and environment variables.
	 */
	private Show showValues = Show.NEVER;

	/**
	 * Roles of users who may see values. When empty, all authenticated users may.
	 */
	private final Set<String> roles = new HashSet<>();

	public Show getShowValues() {
		return this.showValues;
	}

	public void setShowValues(Show showValues) {
		this.showValues = showValues;
	}

	public Set<String> getRoles() {
		return this.roles;
	}

}
