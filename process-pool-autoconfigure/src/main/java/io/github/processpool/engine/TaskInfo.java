package io.github.processpool.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessTask;
import io.github.processpool.TaskOptions;
import io.github.processpool.protocol.MethodCoordinates;
import io.github.processpool.protocol.SettingNames;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed about a task from the start. Zero nanoseconds mean no limit.
 *
 * @param pool name of its pool
 * @param description what messages call it
 * @param className simple name of the class that declares what is called
 * @param methodName name of the method that is called
 * @param taskTimeoutNanos longest execution
 * @param queueTimeoutNanos longest wait for a worker
 * @param maxAttempts how many times it is started at most
 * @param source where limits of its own come from
 * @param ownTaskTimeout whether the limit of its execution is its own
 * @param ownQueueTimeout whether the limit of its wait is its own
 */
record TaskInfo(String pool, String description, String className, String methodName, long taskTimeoutNanos,
		long queueTimeoutNanos, int maxAttempts, Source source, boolean ownTaskTimeout, boolean ownQueueTimeout) {

	static TaskInfo of(ProcessTask<?> task, TaskOptions options, PoolConfig config) {
		String className;
		String methodName;
		String name = options.description();
		Source source;
		if (task instanceof BeanCall call) {
			className = call.target().simpleClassName();
			methodName = call.target().methodName();
			name = (name != null) ? name : call.target().describe();
			source = Source.ANNOTATION;
		}
		else {
			String type = task.getClass().getName();
			int lambda = type.indexOf("$$Lambda");
			className = MethodCoordinates.simpleName((lambda >= 0) ? type.substring(0, lambda) : type);
			methodName = (lambda >= 0) ? "lambda" : "call";
			name = (name != null) ? name : className + "." + methodName;
			source = Source.OPTIONS;
		}
		return new TaskInfo(config.name(), name, className, methodName,
				nanos(options.taskTimeout(), config.taskTimeout()),
				nanos(options.queueTimeout(), config.queueTimeout()), options.idempotent() ? options.maxAttempts() : 1,
				source, options.taskTimeout() != null, options.queueTimeout() != null);
	}

	private static long nanos(@Nullable Duration own, Duration pools) {
		return TimeUnit.NANOSECONDS.convert((own != null) ? own : pools);
	}

	/**
	 * What to do about an execution that takes too long.
	 */
	String raiseTaskTimeout(SettingNames settings) {
		return "Raise " + (this.ownTaskTimeout ? own("taskTimeout") : settings.of("task-timeout"));
	}

	/**
	 * What to do about a wait that takes too long.
	 */
	String raiseQueueTimeout(SettingNames settings) {
		return "Raise " + (this.ownQueueTimeout ? own("queueTimeout") : settings.of("queue-timeout"));
	}

	private String own(String attribute) {
		return (this.source == Source.ANNOTATION)
				? "'" + attribute + "' of @DeferToProcess at " + this.className + "." + this.methodName
				: "'" + attribute + "' of its TaskOptions";
	}

	/**
	 * Where limits of a task's own come from.
	 */
	enum Source {

		/** The annotation of a deferred method. */
		ANNOTATION,

		/** Options that came along with the task. */
		OPTIONS

	}

}
