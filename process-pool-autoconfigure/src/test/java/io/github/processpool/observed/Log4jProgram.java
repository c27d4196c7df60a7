package io.github.processpool.observed;

import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import org.slf4j.MDC;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs where Log4j takes the place of Logback.
 */
final class Log4jProgram {

	private Log4jProgram() {
	}

	public static void main(String[] args) throws Exception {
		try (ConfigurableApplicationContext context = SpringApplication.run(ObservedApplication.class, args)) {
			Chatty chatty = context.getBean(Chatty.class);
			MDC.put("request", "r-17");
			System.out.println("before=" + System.currentTimeMillis());
			chatty.complain("too dark");
			System.out.println("after=" + System.currentTimeMillis());
			ProcessPool pool = context.getBean(ProcessPool.class);
			pool.submit(Chatty.greeting()).get(60, TimeUnit.SECONDS);
			pool.submit(javaLogging()).get(60, TimeUnit.SECONDS);
			chatty.whisper(50);
			LoggingSystem.get(Log4jProgram.class.getClassLoader())
				.setLogLevel(Chatty.class.getPackageName(), LogLevel.DEBUG);
			chatty.whisper(1000);
		}
		System.out.println("the program has ended");
	}

	private static ProcessTask<Boolean> javaLogging() {
		return () -> {
			java.util.logging.Logger.getLogger("java.logging").warning("said by java.util.logging");
			return true;
		};
	}

}
