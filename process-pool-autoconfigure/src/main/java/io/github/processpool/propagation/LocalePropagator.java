package io.github.processpool.propagation;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

import io.github.processpool.ContextPropagator;
import org.jspecify.annotations.Nullable;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.i18n.SimpleLocaleContext;
import org.springframework.context.i18n.SimpleTimeZoneAwareLocaleContext;
import org.springframework.context.i18n.TimeZoneAwareLocaleContext;

/**
 * Locale and time zone of Spring's {@link LocaleContextHolder}.
 *
 * @since 0.1.0
 */
public final class LocalePropagator implements ContextPropagator {

	private static final String LOCALE = "locale";

	private static final String TIME_ZONE = "timeZone";

	private static final Scope CLEAR = LocaleContextHolder::resetLocaleContext;

	@Override
	public String name() {
		return "locale";
	}

	@Override
	public @Nullable Map<String, ?> capture() {
		LocaleContext context = LocaleContextHolder.getLocaleContext();
		if (context == null) {
			return null;
		}
		Map<String, String> values = new HashMap<>();
		Locale locale = context.getLocale();
		if (locale != null) {
			values.put(LOCALE, locale.toLanguageTag());
		}
		TimeZone zone = (context instanceof TimeZoneAwareLocaleContext aware) ? aware.getTimeZone() : null;
		if (zone != null) {
			values.put(TIME_ZONE, zone.getID());
		}
		return values;
	}

	@Override
	public Scope restore(Map<String, Object> values, String task) {
		if (!values.isEmpty()) {
			Locale locale = (values.get(LOCALE) instanceof String tag) ? Locale.forLanguageTag(tag) : null;
			LocaleContextHolder.setLocaleContext((values.get(TIME_ZONE) instanceof String zone)
					? new SimpleTimeZoneAwareLocaleContext(locale, TimeZone.getTimeZone(zone))
					: new SimpleLocaleContext(locale));
		}
		return CLEAR;
	}

}
