package io.github.processpool.codec;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.processpool.ContextPropagator;
import io.github.processpool.ContextPropagator.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Carries what is bound to the thread of a caller to the thread that runs the task. What
 * cannot cross is left out and never fails a task. Safe for use by many threads.
 */
public final class ContextCarrier {

	/** What is written if nothing was captured. */
	public static final byte[] NOTHING = new byte[0];

	/** Name of the propagator of trace contexts, which are captured by other means. */
	public static final String TRACE = "trace";

	/** Keys may come from outside. */
	private static final int MOST_PROBLEMS = 100;

	private static final Scope NO_SCOPE = () -> {
	};

	private final ContextPropagator[] propagators;

	private final TypeFilter filter;

	private final ValueCodec codec;

	private final ContextProblems problems;

	private final Set<String> told = ConcurrentHashMap.newKeySet();

	/**
	 * Creates a carrier.
	 * @param propagators what captures and restores
	 * @param filter what may be read
	 * @param codec reads and writes values
	 * @param problems is told of each problem once
	 */
	public ContextCarrier(List<? extends ContextPropagator> propagators, TypeFilter filter, ValueCodec codec,
			ContextProblems problems) {
		this.propagators = propagators.toArray(ContextPropagator[]::new);
		this.filter = filter;
		this.codec = codec;
		this.problems = problems;
	}

	/**
	 * Captures what is bound to the present thread.
	 * @param trace trace context of the task, or nothing
	 * @return the bytes, none if there is nothing to carry
	 */
	public byte[] capture(Map<String, String> trace) {
		ContextWriter writer = null;
		for (ContextPropagator propagator : this.propagators) {
			Map<String, ?> values = capture(propagator);
			if (values != null && !values.isEmpty()) {
				writer = write(writer, propagator.name(), values);
			}
		}
		if (!trace.isEmpty()) {
			writer = write(writer, TRACE, trace);
		}
		return (writer != null) ? writer.toByteArray() : NOTHING;
	}

	private @Nullable Map<String, ?> capture(ContextPropagator propagator) {
		try {
			return propagator.capture();
		}
		catch (RuntimeException | LinkageError ex) {
			leftOut(propagator.name(), "all", ex);
			return null;
		}
	}

	private ContextWriter write(@Nullable ContextWriter writer, String name, Map<String, ?> values) {
		ContextWriter target = (writer != null) ? writer : new ContextWriter(this.filter, this.codec, this::leftOut);
		target.write(name, values);
		return target;
	}

	/**
	 * Binds what was captured to the present thread.
	 * @param body where it is
	 * @param offset where it begins
	 * @param length number of its bytes
	 * @param task what the task is called
	 * @return to be closed when the task has ended
	 */
	public Scope restore(byte[] body, int offset, int length, String task) {
		if (this.propagators.length == 0) {
			return NO_SCOPE;
		}
		Map<String, Map<String, Object>> captured = Map.of();
		if (length > 0) {
			try {
				captured = CapturedContext.read(body, offset, length, this::decode);
			}
			catch (IOException ex) {
				leftOut("all", "all", ex);
			}
		}
		Scope[] scopes = new Scope[this.propagators.length];
		for (int i = 0; i < scopes.length; i++) {
			ContextPropagator propagator = this.propagators[i];
			scopes[i] = restore(propagator, captured.getOrDefault(propagator.name(), Map.of()), task);
		}
		return new AllScopes(scopes);
	}

	private Scope restore(ContextPropagator propagator, Map<String, Object> values, String task) {
		try {
			return propagator.restore(values, task);
		}
		catch (RuntimeException | LinkageError ex) {
			leftOut(propagator.name(), "all", ex);
			return NO_SCOPE;
		}
	}

	private @Nullable Object decode(String name, String key, byte[] body, int offset, int length) {
		if (!isRestored(name)) {
			return null;
		}
		try {
			byte[] bytes = Arrays.copyOfRange(body, offset, offset + length);
			Object value = this.codec.read(bytes, 0, "context", (index) -> "'" + key + "'")[0];
			if (value == null) {
				throw new IllegalStateException("no value");
			}
			return value;
		}
		catch (RuntimeException | LinkageError ex) {
			leftOut(name, key, ex);
			return null;
		}
	}

	private boolean isRestored(String name) {
		for (ContextPropagator propagator : this.propagators) {
			if (propagator.name().equals(name)) {
				return true;
			}
		}
		return false;
	}

	private void leftOut(String propagator, String key, Throwable cause) {
		if (this.told.size() < MOST_PROBLEMS && this.told.add(propagator + " " + key)) {
			this.problems.leftOut(propagator, key, cause);
		}
	}

	/**
	 * The scopes of all propagators. A problem with one is no problem of the task.
	 */
	private final class AllScopes implements Scope {

		private final Scope[] scopes;

		AllScopes(Scope[] scopes) {
			this.scopes = scopes;
		}

		@Override
		public void failed(Throwable failure) {
			for (int i = this.scopes.length - 1; i >= 0; i--) {
				try {
					this.scopes[i].failed(failure);
				}
				catch (RuntimeException | LinkageError ex) {
					leftOut(ContextCarrier.this.propagators[i].name(), "failure", ex);
				}
			}
		}

		@Override
		public void close() {
			for (int i = this.scopes.length - 1; i >= 0; i--) {
				try {
					this.scopes[i].close();
				}
				catch (RuntimeException | LinkageError ex) {
					leftOut(ContextCarrier.this.propagators[i].name(), "end", ex);
				}
			}
		}

	}

}
