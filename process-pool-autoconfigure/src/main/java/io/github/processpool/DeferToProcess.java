package io.github.processpool;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Marks a method of a Spring bean whose calls run in a worker, a pooled child JVM, so
 * that whatever the method does to its JVM (segfault, exhausted heap, endless loop,
 * {@code System.exit}) fails one call and leaves the application alone.
 * <p>
 * A {@code void} method does not wait: the call returns once the task is accepted, and a
 * later failure goes to the application's
 * {@link org.springframework.aop.interceptor.AsyncUncaughtExceptionHandler}. A method
 * that returns {@link java.util.concurrent.CompletableFuture},
 * {@link java.util.concurrent.CompletionStage} or {@link java.util.concurrent.Future}
 * does not wait either: it never throws, its future fails. Any other return type makes
 * the caller wait for the value, and failures are thrown as the method itself would have
 * thrown them; an interrupt of the waiting caller cancels the task and is thrown as
 * {@link InterruptedException} if the method declares that, else as
 * {@link ProcessPoolException} with the interrupt restored. What can fail besides the
 * method itself tells {@link ProcessPool}.
 * <p>
 * Arguments and result are copied between the two JVMs and so have to be serialisable by
 * the {@linkplain SerializationCodec codec} of the pool; the bean itself is not sent: its
 * twin in the worker is called, with fields of its own. Advice in front of this one
 * ({@code @Async}, {@code @Retryable}, aspects with an order) acts in the application;
 * advice behind it ({@code @Cacheable}, {@code @Transactional}, validation) acts in the
 * worker. A call from within a worker runs in place.
 * <p>
 * On a class or interface the annotation applies to all of its methods; on a method it
 * replaces that of the class. As with every annotation that is served by a proxy, a call
 * from the bean to itself is not intercepted. What can never work, such as a final
 * method, an attribute that is no duration or a pool that does not exist, fails at the
 * start of the application. The idea is that of {@code deferToProcess} in Twisted.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface DeferToProcess {

	/**
	 * Alias for {@link #pool()}.
	 * @return the name of the pool
	 */
	@AliasFor("pool")
	String value() default "";

	/**
	 * Name of the pool that runs the method, as in {@code process-pool.pools.<name>}.
	 * Empty means the default pool.
	 * @return the name of the pool
	 */
	@AliasFor("value")
	String pool() default "";

	/**
	 * Longest time that one execution may take, counted from its start in the worker:
	 * {@code "30s"}, {@code "PT30S"} or a placeholder. Empty means the pool's
	 * {@code task-timeout}, {@code "0"} means none. At the deadline the call fails with
	 * {@link TaskTimeoutException} and the work is stopped.
	 * @return a duration, or an empty string
	 */
	String taskTimeout() default "";

	/**
	 * Longest time that a call may wait for a worker, in the format of
	 * {@link #taskTimeout()}. Empty means the pool's {@code queue-timeout}, {@code "0"}
	 * means none. At the deadline the call fails with
	 * {@link ProcessPoolRejectedException} and never runs.
	 * @return a duration, or an empty string
	 */
	String queueTimeout() default "";

	/**
	 * Whether the method may run again when the worker that was running it died. A call
	 * that had not started when its worker died is always dispatched again.
	 * @return {@code true} if running the method twice does no harm
	 */
	boolean idempotent() default false;

	/**
	 * How many times an {@linkplain #idempotent() idempotent} method is started at most,
	 * the first time included.
	 * @return a number of at least 1
	 */
	int maxAttempts() default 2;

}
