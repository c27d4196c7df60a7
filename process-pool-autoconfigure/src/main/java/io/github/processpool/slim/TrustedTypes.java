package io.github.processpool.slim;

import java.lang.reflect.Proxy;
import java.security.CodeSource;
import java.util.Objects;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * The types of which it is known what they look up: those of Spring and ours. The code of
 * others may look up beans of which nobody knows.
 */
final class TrustedTypes {

	private static final String SPRING = "org.springframework.";

	private TrustedTypes() {
	}

	static boolean contains(Class<?> type) {
		return Proxy.isProxyClass(type) || type.getName().startsWith(SPRING) || isOfThisLibrary(type);
	}

	/**
	 * Whether a bean that a supplier makes is made by Spring's own. Boot makes properties
	 * that are bound by a constructor.
	 */
	static boolean areMadeBySpring(Class<?> type) {
		return contains(type) || MergedAnnotations.from(type).isPresent(ConfigurationProperties.class);
	}

	private static boolean isOfThisLibrary(Class<?> type) {
		CodeSource own = TrustedTypes.class.getProtectionDomain().getCodeSource();
		CodeSource other = type.getProtectionDomain().getCodeSource();
		return own != null && other != null && Objects.equals(own.getLocation(), other.getLocation());
	}

}
