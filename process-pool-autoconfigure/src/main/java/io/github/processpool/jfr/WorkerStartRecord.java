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
 * The start of a worker.
 */
@Name("io.github.processpool.WorkerStart")
@Label("Worker Start")
@Category("Process Pool")
@Description("A worker that became ready for tasks")
@StackTrace(false)
class WorkerStartRecord extends Event {

	@Label("Pool")
	@Nullable String pool;

	@Label("Worker")
	@Description("Number of the worker in its pool")
	int worker;

	@Label("Process ID")
	long pid;

	@Label("Startup Time")
	@Description("From launch to ready")
	@Timespan
	long startup;

	@Label("Warm")
	@Description("Whether its classes came from an archive")
	boolean warm;

}
