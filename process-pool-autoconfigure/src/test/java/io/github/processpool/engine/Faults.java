package io.github.processpool.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Which faults a test provokes. Each of its runs becomes a row of
 * {@code target/fault-suite.md}. The letters: A on the way of arguments and results, B
 * death while running, C at the start or while idle, D timeouts and cancels, E
 * replacement and size, F stops and orphans, G concurrency and callbacks, H data and
 * leaks.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FaultReport.class)
public @interface Faults {

	/** Letter and number, or a word where there is none. */
	String[] value();

}
