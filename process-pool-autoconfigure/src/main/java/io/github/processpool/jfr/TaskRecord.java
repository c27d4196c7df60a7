package io.github.processpool.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a task.
 */
@Name("io.github.processpool.Task")
@Label("Task")
@Category("Process Pool")
@Description("A task whose outcome is known; recorded at its end")
@StackTrace(false)
class TaskRecord extends Event {

	@Label("Pool")
	@Nullable String pool;

	@Label("Class")
	@Nullable String className;

	@Label("Method")
	@Nullable String methodName;

	@Label("Outcome")
	@Nullable String outcome;

	@Label("Total")
	@Description("From submission to outcome")
	@Timespan
	long total;

	@Label("Waited")
	@Description("From submission to dispatch, less than 0 without one")
	@Timespan
	long waited;

	@Label("Executed")
	@Description("From dispatch to outcome, less than 0 without one")
	@Timespan
	long executed;

	@Label("Worker")
	@Description("Number of the worker in its pool, 0 without one")
	int worker;

	@Label("Attempts")
	int attempts;

}
