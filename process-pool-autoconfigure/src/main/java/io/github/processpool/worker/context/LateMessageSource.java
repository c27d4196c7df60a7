package io.github.processpool.worker.context;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DelegatingMessageSource;

/**
 * What a context without messages of its own has in Spring, made when it is asked. The
 * class of Spring's looks for all locales that Java knows, which is a good part of the
 * start of a worker, and few tasks ask. Thread-safe.
 */
final class LateMessageSource implements MessageSource {

	@Override
	public @Nullable String getMessage(String code, Object @Nullable [] args, @Nullable String defaultMessage,
			@Nullable Locale locale) {
		return Real.SOURCE.getMessage(code, args, defaultMessage, locale);
	}

	@Override
	public String getMessage(String code, Object @Nullable [] args, @Nullable Locale locale) {
		return Real.SOURCE.getMessage(code, args, locale);
	}

	@Override
	public String getMessage(MessageSourceResolvable resolvable, @Nullable Locale locale) {
		return Real.SOURCE.getMessage(resolvable, locale);
	}

	private static final class Real {

		static final MessageSource SOURCE = new DelegatingMessageSource();

	}

}
