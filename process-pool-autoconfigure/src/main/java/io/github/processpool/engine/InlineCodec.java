package io.github.processpool.engine;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import io.github.processpool.ContextPropagator;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.codec.ContextCarrier;
import io.github.processpool.codec.ThrowableCodec;
import io.github.processpool.codec.TypeFilter;
import io.github.processpool.codec.ValueCodec;
import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.PayloadOutput;
import io.github.processpool.protocol.ResultKind;
import org.jspecify.annotations.Nullable;

/**
 * Calls tasks with what is left of their arguments after a way to a worker, and sends
 * back what would come back from there. Safe for use by many threads.
 */
final class InlineCodec {

	private final ValueCodec values;

	private final ThrowableCodec throwables;

	private final ResultDecoder decoder;

	private final ContextCarrier context;

	private final long maxPayload;

	InlineCodec(PoolConfig config, PoolIntegrations integrations) {
		TypeFilter filter = config.filter();
		this.values = new ValueCodec(config.codec(), filter, config.worker().classLoader());
		this.throwables = new ThrowableCodec(filter, config.worker().classLoader());
		this.decoder = new ResultDecoder(this.values, this.throwables);
		this.context = integrations.carrier(config, this.values);
		this.maxPayload = config.maxPayloadSize();
	}

	/**
	 * Encodes what a task takes with it.
	 * @throws TaskSerializationException if it cannot cross
	 */
	Payload encode(ProcessTask<?> task, TaskInfo info) {
		@Nullable Object[] arguments = (task instanceof BeanCall call) ? call.arguments() : new Object[] { task };
		return encode(arguments, info, names(task));
	}

	private Payload encode(@Nullable Object[] toWrite, TaskInfo info, IntFunction<String> names) {
		PayloadOutput out = new PayloadOutput(this.maxPayload);
		this.values.write(out, toWrite, info.description(), names);
		return out.toPayload();
	}

	/**
	 * Captures what is bound to the present thread.
	 */
	byte[] capture(Map<String, String> trace) {
		return this.context.capture(trace);
	}

	/**
	 * Calls a task.
	 * @return how to work out its outcome
	 */
	Supplier<Delivery> call(ProcessTask<?> task, Payload payload, byte[] captured, TaskInfo info) {
		ContextPropagator.Scope scope = this.context.restore(captured, 0, captured.length,
				info.className() + "." + info.methodName());
		try {
			return call(task, payload, info, scope);
		}
		finally {
			scope.close();
		}
	}

	private Supplier<Delivery> call(ProcessTask<?> task, Payload payload, TaskInfo info,
			ContextPropagator.Scope scope) {
		ResultKind kind;
		Payload result;
		try {
			@Nullable Object[] arguments = this.values.read(payload.toByteArray(), 0, info.description(), names(task));
			@Nullable Object value = ReturnedFuture.await(invoke(task, arguments));
			result = encode(new @Nullable Object[] { value }, info, (index) -> "the result");
			kind = ResultKind.VALUE;
		}
		catch (TaskSerializationException ex) {
			scope.failed(ex);
			result = this.throwables.encode(ex, this.maxPayload);
			kind = ResultKind.NOT_SERIALIZABLE;
		}
		catch (Throwable ex) {
			scope.failed(ex);
			result = this.throwables.encode(ex, this.maxPayload);
			kind = ResultKind.THROWN;
		}
		ResultKind finalKind = kind;
		byte[] body = result.toByteArray();
		return () -> this.decoder.decode(finalKind, body, List.of(), info);
	}

	private static @Nullable Object invoke(ProcessTask<?> task, @Nullable Object[] arguments) throws Throwable {
		if (task instanceof BeanCall call) {
			return call.local().invoke(arguments);
		}
		return (arguments[0] instanceof ProcessTask<?> copy) ? copy.call() : null;
	}

	private static IntFunction<String> names(ProcessTask<?> task) {
		return (task instanceof BeanCall call) ? call::argumentName : (index) -> "the task itself";
	}

}
