package io.github.processpool.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Which faults of the fault list a test provokes. Each of its runs becomes a row of
 * {@code target/fault-suite.md}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FaultReport.class)
public @interface Faults {

	/** Numbers in the list, or a word where the list has none. */
	String[] value();

}
