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
 * The end of a worker.
 */
@Name("io.github.processpool.WorkerExit")
@Label("Worker Exit")
@Category("Process Pool")
@Description("A worker that ended, planned or not")
@StackTrace(false)
class WorkerExitRecord extends Event {

	@Label("Pool")
	@Nullable String pool;

	@Label("Worker")
	@Description("Number of the worker in its pool")
	int worker;

	@Label("Process ID")
	long pid;

	@Label("Reason")
	@Nullable String reason;

	@Label("Planned")
	boolean planned;

	@Label("Exit Code")
	@Description("Less than 0 if it is not known")
	int exitCode;

	@Label("Signal")
	@Nullable String signal;

	@Label("Age")
	@Timespan
	long age;

	@Label("Task")
	@Description("What it was running")
	@Nullable String task;

}
