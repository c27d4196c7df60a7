package io.github.processpool.aop;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.interceptor.AsyncUncaughtExceptionHandler;
import org.springframework.aop.interceptor.SimpleAsyncUncaughtExceptionHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.AsyncConfigurer;

/**
 * Gives the handler that the application also uses for {@code @Async} methods, or one
 * that logs.
 */
public final class UncaughtExceptions implements Supplier<AsyncUncaughtExceptionHandler> {

	private final ObjectProvider<AsyncConfigurer> configurers;

	public UncaughtExceptions(ObjectProvider<AsyncConfigurer> configurers) {
		this.configurers = configurers;
	}

	@Override
	public AsyncUncaughtExceptionHandler get() {
		AsyncConfigurer configurer = this.configurers.getIfUnique();
		AsyncUncaughtExceptionHandler handler = handler(configurer);
		return (handler != null) ? handler : new SimpleAsyncUncaughtExceptionHandler();
	}

	private static @Nullable AsyncUncaughtExceptionHandler handler(@Nullable AsyncConfigurer configurer) {
		return (configurer != null) ? configurer.getAsyncUncaughtExceptionHandler() : null;
	}

}
