package io.github.processpool.slim.scanned;

import java.util.concurrent.atomic.AtomicInteger;

import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;

import org.springframework.stereotype.Component;

/**
 * An aspect that nobody names, only a scan finds it.
 */
@Aspect
@Component
public class Counted {

	private final AtomicInteger calls = new AtomicInteger();

	@Around("execution(* io.github.processpool.slim.SlimWorkerIntegrationTests.Helper.count(..))")
	Object add(ProceedingJoinPoint call) throws Throwable {
		return (int) call.proceed() + 100 * this.calls.incrementAndGet();
	}

}
