package io.github.processpool.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessTask;
import io.github.processpool.TaskOptions;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed about a task from the start. Zero nanoseconds mean no limit.
 */
record TaskInfo(String pool, String description, String className, String methodName, long taskTimeoutNanos,
		long queueTimeoutNanos, int maxAttempts) {

	static TaskInfo of(ProcessTask<?> task, TaskOptions options, PoolConfig config) {
		String className;
		String methodName;
		if (task instanceof BeanCall call) {
			className = simpleName(call.target().className());
			methodName = call.target().methodName();
		}
		else {
			String name = task.getClass().getName();
			int lambda = name.indexOf("$$Lambda");
			className = simpleName((lambda >= 0) ? name.substring(0, lambda) : name);
			methodName = (lambda >= 0) ? "lambda" : "call";
		}
		String description = options.description();
		return new TaskInfo(config.name(), (description != null) ? description : className + "." + methodName,
				className, methodName, nanos(options.taskTimeout(), config.taskTimeout()),
				nanos(options.queueTimeout(), config.queueTimeout()), options.idempotent() ? options.maxAttempts() : 1);
	}

	private static String simpleName(String className) {
		return className.substring(className.lastIndexOf('.') + 1);
	}

	private static long nanos(@Nullable Duration own, Duration pools) {
		return TimeUnit.NANOSECONDS.convert((own != null) ? own : pools);
	}

}
