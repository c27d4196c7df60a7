package io.github.processpool.engine;

import java.util.Map;
import java.util.function.IntFunction;

import io.github.processpool.ProcessTask;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.codec.ContextCarrier;
import io.github.processpool.codec.ValueCodec;
import io.github.processpool.protocol.CallHeader;
import io.github.processpool.protocol.MethodCoordinates;
import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.PayloadOutput;
import io.github.processpool.protocol.PayloadOutput.LargeArrays;
import io.github.processpool.protocol.PayloadTooLargeException;
import io.github.processpool.protocol.SettingNames;
import org.jspecify.annotations.Nullable;

/**
 * Turns tasks into the bodies of CALL frames. Safe for use by many threads.
 */
final class TaskEncoder {

	private final ValueCodec values;

	private final ContextCarrier context;

	private final long maxPayload;

	private final SettingNames settings;

	TaskEncoder(ValueCodec values, ContextCarrier context, PoolConfig config) {
		this.values = values;
		this.context = context;
		this.maxPayload = config.maxPayloadSize();
		this.settings = config.settings();
	}

	/**
	 * Encodes a task with what is bound to the present thread.
	 * @param awaited whether the caller waits for the outcome, and thus changes no
	 * argument until then
	 * @throws TaskSerializationException if it cannot be sent
	 */
	Payload encode(ProcessTask<?> task, TaskInfo info, Map<String, String> trace, boolean awaited) {
		PayloadOutput out = new PayloadOutput(this.maxPayload, awaited ? LargeArrays.SHARED : LargeArrays.COPIED);
		if (task instanceof BeanCall call) {
			writeHeader(out, call.target(), info, trace);
			this.values.write(out, call.arguments(), info.description(), call::argumentName);
		}
		else {
			writeHeader(out, null, info, trace);
			IntFunction<String> name = (index) -> "the task itself";
			this.values.write(out, new Object[] { task }, info.description(), name);
		}
		return out.toPayload();
	}

	private void writeHeader(PayloadOutput out, @Nullable MethodCoordinates target, TaskInfo info,
			Map<String, String> trace) {
		try {
			CallHeader.write(out, target, info.description(), info.taskTimeoutNanos(), this.context.capture(trace));
		}
		catch (PayloadTooLargeException ex) {
			throw new TaskSerializationException("Task '" + info.description() + "' cannot be sent: it takes "
					+ ex.getMessage() + ". Raise " + this.settings.of("max-payload-size") + ", or give it less", ex);
		}
	}

}
