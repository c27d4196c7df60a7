package io.github.processpool.aop;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPoolException;
import io.github.processpool.ProcessPoolRejectedException;
import io.github.processpool.ProcessPools;
import io.github.processpool.ProcessWorker;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.WorkerStartException;
import io.github.processpool.engine.BeanCall;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.interceptor.AsyncUncaughtExceptionHandler;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.util.function.SingletonSupplier;

/**
 * Turns the call of a deferred method into a task. In a worker it only proceeds: the call
 * is where it should be.
 */
public final class DeferToProcessInterceptor implements MethodInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(DeferToProcessInterceptor.class);

	private final DeferredMethods methods;

	private final DeferredBeanNames names;

	private final Supplier<ProcessPools> pools;

	private final Supplier<AsyncUncaughtExceptionHandler> uncaught;

	private final boolean inWorker = ProcessWorker.isActive();

	DeferToProcessInterceptor(DeferredMethods methods, DeferredBeanNames names, Supplier<ProcessPools> pools,
			Supplier<AsyncUncaughtExceptionHandler> uncaught) {
		this.methods = methods;
		this.names = names;
		this.pools = SingletonSupplier.of(pools);
		this.uncaught = SingletonSupplier.of(uncaught);
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		if (this.inWorker) {
			return invocation.proceed();
		}
		Object target = invocation.getThis();
		if (target == null) {
			throw new IllegalStateException(invocation.getMethod() + " is deferred but its proxy has no target");
		}
		DeferredMethod method = this.methods.get(invocation.getMethod(), target.getClass());
		ProcessPool pool;
		BeanCall call;
		try {
			String beanName = this.names.nameOf(target, method);
			pool = pool(method, beanName);
			call = new BeanCall(method.coordinates(beanName), invocation.getArguments(), method.parameters(),
					local((ProxyMethodInvocation) invocation));
		}
		catch (InvalidDeferredMethodException ex) {
			// not seen at start-up, as with a bean whose type was not known until now
			if (method.returnKind() == ReturnKind.FUTURE) {
				return CompletableFuture.failedFuture(ex);
			}
			throw ex;
		}
		return switch (method.returnKind()) {
			case FUTURE -> pool.submit(call, method.options());
			case VALUE -> await(pool, call, method);
			case NOTHING -> {
				leave(pool.submit(call, method.options()), method, invocation.getArguments());
				yield null;
			}
		};
	}

	private ProcessPool pool(DeferredMethod method, String beanName) {
		ProcessPools all = this.pools.get();
		try {
			return all.get(method.pool());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidDeferredMethodException(List
				.of(DeferredMethodProblem.unknownPool(beanName, method.describe(), method.pool(), all.names())));
		}
	}

	/**
	 * Runs the rest of the advice in this JVM, perhaps on another thread, where aspects
	 * find the invocation in a thread local that only Spring's own interceptor sets.
	 */
	private static BeanCall.Local local(ProxyMethodInvocation invocation) {
		return (arguments) -> ExposeInvocationInterceptor.INSTANCE.invoke(invocation.invocableClone(arguments));
	}

	private static @Nullable Object await(ProcessPool pool, BeanCall call, DeferredMethod method) throws Throwable {
		try {
			return pool.call(call, method.options());
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
		catch (CancellationException ex) {
			// Newer JDKs wrap it in another one
			throw (ex.getCause() instanceof CancellationException cause) ? cause : ex;
		}
		catch (InterruptedException ex) {
			if (method.interruptible()) {
				throw ex;
			}
			Thread.currentThread().interrupt();
			throw new ProcessPoolException("The caller of " + method.describe()
					+ " was interrupted while it waited for the result, so the task was cancelled."
					+ " Declare InterruptedException to get that instead.", ex);
		}
	}

	/**
	 * Nobody waits for the task. What its pool refused while the caller is still here is
	 * thrown; all else goes to the handler.
	 */
	private void leave(CompletableFuture<@Nullable Object> future, DeferredMethod method,
			@Nullable Object[] arguments) {
		Throwable refusal = future.isDone() ? refusal(future) : null;
		if (refusal instanceof RuntimeException ex) {
			throw ex;
		}
		future.whenComplete((result, failure) -> {
			if (failure != null) {
				handle(unwrap(failure), method, arguments);
			}
		});
	}

	@SuppressWarnings("NullAway") // arguments may well be null, as those of the method
	private void handle(Throwable failure, DeferredMethod method, @Nullable Object[] arguments) {
		try {
			this.uncaught.get().handleUncaughtException(failure, method.method(), arguments);
		}
		catch (RuntimeException ex) {
			ex.addSuppressed(failure);
			logger.error("The handler of uncaught exceptions failed on {}", method.describe(), ex);
		}
	}

	private static @Nullable Throwable refusal(CompletableFuture<?> future) {
		Throwable failure = future.handle((result, ex) -> ex).join();
		boolean refused = failure instanceof ProcessPoolRejectedException
				|| failure instanceof TaskSerializationException || failure instanceof WorkerStartException;
		return refused ? failure : null;
	}

	private static Throwable unwrap(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

}
