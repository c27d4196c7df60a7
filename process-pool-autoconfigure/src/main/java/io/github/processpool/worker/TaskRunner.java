package io.github.processpool.worker;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

import io.github.processpool.ContextPropagator.Scope;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.codec.ContextCarrier;
import io.github.processpool.codec.ThrowableCodec;
import io.github.processpool.codec.ValueCodec;
import io.github.processpool.protocol.CallHeader;
import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.FrameChannel;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.Ledger;
import io.github.processpool.protocol.MethodCoordinates;
import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.PayloadOutput;
import io.github.processpool.protocol.PayloadOutput.LargeArrays;
import io.github.processpool.protocol.ProtocolException;
import io.github.processpool.protocol.ResultKind;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on the task thread. Another thread may {@link #cancel} them.
 */
final class TaskRunner {

	private final WorkerRuntime runtime;

	private final ValueCodec values;

	private final ThrowableCodec throwables;

	private final ContextCarrier context;

	private final WorkerLog log;

	private final Ledger ledger;

	private final ResultOutput results;

	private final long maxPayload;

	private final RetainedHeap retainedHeap;

	private final CallHeader.Reader headers = new CallHeader.Reader();

	private final Thread thread = Thread.currentThread();

	// Guarded by this

	private long current;

	private long cancelled;

	TaskRunner(WorkerRuntime runtime, ValueCodec values, ThrowableCodec throwables, ContextCarrier context,
			WorkerLog log, Ledger ledger, FrameChannel channel, long maxPayload, RetainedHeap retainedHeap) {
		this.runtime = runtime;
		this.values = values;
		this.throwables = throwables;
		this.context = context;
		this.log = log;
		this.ledger = ledger;
		this.results = new ResultOutput(ledger.results(), channel);
		this.maxPayload = maxPayload;
		this.retainedHeap = retainedHeap;
	}

	/**
	 * Runs the task of a CALL frame and sends its outcome.
	 * @throws IOException if the parent cannot be reached or sent something else
	 */
	void run(Frame frame) throws IOException {
		if (frame.type() != FrameType.CALL) {
			throw new ProtocolException("expected CALL but got " + frame.type());
		}
		if (!this.ledger.start(frame.id())) {
			// The parent took it back
			return;
		}
		Outcome outcome;
		begin(frame.id());
		try {
			outcome = execute(frame);
		}
		finally {
			this.log.taskEnded();
			end();
		}
		this.ledger.end(frame.id());
		this.results.send(outcome.kind(), frame.id(), outcome.payload());
		this.retainedHeap.taskEnded();
	}

	/**
	 * Interrupts a task. It may run already, or not have arrived yet.
	 */
	synchronized void cancel(long id) {
		this.cancelled = id;
		if (this.current == id) {
			this.thread.interrupt();
		}
	}

	/**
	 * Whether a task runs.
	 */
	synchronized boolean isBusy() {
		return this.current != 0;
	}

	private synchronized void begin(long id) {
		// Left by the task before, or by a thread that it has started
		Thread.interrupted();
		this.current = id;
		if (this.cancelled == id) {
			this.thread.interrupt();
		}
	}

	/**
	 * From here on nobody interrupts this thread, and what came before is forgotten.
	 */
	private synchronized void end() {
		TaskDeadline.end();
		this.current = 0;
		Thread.interrupted();
	}

	private Outcome execute(Frame frame) {
		String task = "task";
		try {
			CallHeader header = this.headers.read(frame.body());
			TaskDeadline.begin(header.timeoutNanos());
			task = header.name();
			this.log.taskStarted(frame.id(), task);
			return execute(header, frame, task);
		}
		catch (TaskSerializationException ex) {
			return new Outcome(ResultKind.NOT_SERIALIZABLE, this.throwables.encode(ex, this.maxPayload));
		}
		catch (OutOfMemoryError ex) {
			return new Outcome(ResultKind.OUT_OF_MEMORY, this.throwables.encode(ex, this.maxPayload));
		}
		catch (Throwable ex) {
			return new Outcome(ResultKind.THROWN, this.throwables.encode(ex, this.maxPayload));
		}
	}

	/**
	 * Arguments may log as well when they are read.
	 */
	private Outcome execute(CallHeader header, Frame frame, String task) throws Throwable {
		byte[] body = frame.body();
		Scope scope = this.context.restore(body, header.length() - header.contextLength(), header.contextLength(),
				task);
		try {
			MethodCoordinates target = header.target();
			IntFunction<String> names = (target != null)
					? (index) -> TargetMethods.argumentName(target, index, this.runtime.classLoader())
					: (index) -> "the task itself";
			@Nullable Object[] arguments = this.values.read(body, header.length(), frame.arrays(), task, names);
			return encode(await(call(target, arguments)), task);
		}
		catch (Throwable ex) {
			scope.failed(ex);
			throw ex;
		}
		finally {
			scope.close();
		}
	}

	private @Nullable Object call(@Nullable MethodCoordinates target, @Nullable Object[] arguments) throws Throwable {
		if (target != null) {
			return this.runtime.invoke(target, arguments);
		}
		if (arguments.length == 1 && arguments[0] instanceof ProcessTask<?> task) {
			return task.call();
		}
		throw new ProtocolException("a CALL frame has neither a method nor a task");
	}

	private static @Nullable Object await(@Nullable Object result) throws Throwable {
		try {
			if (result instanceof CompletionStage<?> stage) {
				return stage.toCompletableFuture().get();
			}
			return (result instanceof Future<?> future) ? future.get() : result;
		}
		catch (ExecutionException | CompletionException ex) {
			Throwable cause = ex.getCause();
			throw (cause != null) ? cause : ex;
		}
	}

	private Outcome encode(@Nullable Object value, String task) {
		// It is sent before this thread goes on
		PayloadOutput out = new PayloadOutput(this.maxPayload, LargeArrays.SHARED);
		this.values.write(out, new @Nullable Object[] { value }, task, (index) -> "the result");
		return new Outcome(ResultKind.VALUE, out.toPayload());
	}

	private record Outcome(ResultKind kind, Payload payload) {

	}

}
