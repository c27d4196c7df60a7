package io.github.processpool.engine;

import java.util.List;

import io.github.processpool.ProcessTask;
import io.github.processpool.TaskOptions;
import org.jspecify.annotations.Nullable;

/**
 * Lets tests of other packages see what a call asks for.
 */
public record SubmittedCall(String beanName, String className, String methodName, String descriptor,
		List<@Nullable Object> arguments, TaskOptions options) {

	public static SubmittedCall of(ProcessTask<?> task, TaskOptions options) {
		BeanCall call = (BeanCall) task;
		return new SubmittedCall(call.target().beanName(), call.target().className(), call.target().methodName(),
				call.target().descriptor(), java.util.Arrays.asList(call.arguments()), options);
	}

}
