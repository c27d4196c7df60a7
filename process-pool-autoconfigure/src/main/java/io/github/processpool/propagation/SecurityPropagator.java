package io.github.processpool.propagation;

import java.util.List;
import java.util.Map;

import io.github.processpool.ContextPropagator;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The authentication of Spring Security's {@link SecurityContextHolder}.
 *
 * @since 0.1.0
 */
public final class SecurityPropagator implements ContextPropagator {

	/** What has to be deserialised for it, beyond an application's own types. */
	public static final List<String> TYPES = List.of("org.springframework.security.core.**",
			"org.springframework.security.authentication.**", "org.springframework.security.web.authentication.**");

	private static final String AUTHENTICATION = "authentication";

	private static final Scope CLEAR = SecurityContextHolder::clearContext;

	@Override
	public String name() {
		return "security";
	}

	@Override
	public @Nullable Map<String, ?> capture() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null) ? Map.of(AUTHENTICATION, authentication) : null;
	}

	@Override
	public Scope restore(Map<String, Object> values, String task) {
		if (values.get(AUTHENTICATION) instanceof Authentication authentication) {
			SecurityContext context = SecurityContextHolder.createEmptyContext();
			context.setAuthentication(authentication);
			SecurityContextHolder.setContext(context);
		}
		return CLEAR;
	}

}
