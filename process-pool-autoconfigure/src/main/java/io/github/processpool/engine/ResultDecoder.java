package io.github.processpool.engine;

import java.util.List;

import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.codec.ThrowableCodec;
import io.github.processpool.codec.ValueCodec;
import io.github.processpool.protocol.ResultKind;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bodies of RESULT frames into outcomes. Safe for use by many threads.
 */
final class ResultDecoder {

	private final ValueCodec values;

	private final ThrowableCodec throwables;

	ResultDecoder(ValueCodec values, ThrowableCodec throwables) {
		this.values = values;
		this.throwables = throwables;
	}

	Delivery decode(ResultKind kind, byte[] body, List<byte[]> arrays, TaskInfo info) {
		if (kind == ResultKind.VALUE) {
			try {
				@Nullable Object[] values = this.values.read(body, 0, arrays, info.description(), (index) -> "the result");
				return Delivery.value(values[0]);
			}
			catch (TaskSerializationException ex) {
				return Delivery.failure(Outcome.SERIALIZATION, ex);
			}
		}
		Outcome outcome = (kind == ResultKind.NOT_SERIALIZABLE) ? Outcome.SERIALIZATION : Outcome.ERROR;
		return Delivery.failure(outcome, throwable(body));
	}

	Throwable throwable(byte[] body) {
		return this.throwables.decode(body);
	}

}
