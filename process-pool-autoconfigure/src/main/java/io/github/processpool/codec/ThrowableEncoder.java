package io.github.processpool.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.github.processpool.protocol.PayloadOutput;
import io.github.processpool.protocol.PayloadTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Turns an exception, and all that it refers to, into nodes: depth first, so that each
 * node comes after those that it refers to. For one use by one thread.
 */
final class ThrowableEncoder {

	/** Each level needs stack: one for the walk, many more if a field leads to it. */
	private static final int MAX_DEPTH = 100;

	private final EnvelopeSize size;

	private final long limit;

	private final List<ThrowableNode> nodes = new ArrayList<>();

	private final Map<Throwable, Integer> done = new IdentityHashMap<>();

	private final Map<Throwable, Integer> standIns = new IdentityHashMap<>();

	/** Those that the walk has entered and not left. */
	private final Map<Throwable, Throwable> open = new IdentityHashMap<>();

	private final List<LateCause> lateCauses = new ArrayList<>();

	ThrowableEncoder(EnvelopeSize size, long limit) {
		this.size = size;
		this.limit = limit;
	}

	/**
	 * Makes the nodes.
	 * @param throwable the exception, which becomes the last node
	 * @return the nodes
	 * @throws PayloadTooLargeException if an object is larger than the limit
	 */
	List<ThrowableNode> encode(Throwable throwable) throws PayloadTooLargeException {
		visit(throwable);
		for (LateCause late : this.lateCauses) {
			Integer cause = this.done.get(late.cause());
			if (cause != null) {
				this.nodes.set(late.owner(), this.nodes.get(late.owner()).withCause(cause));
			}
		}
		return this.nodes;
	}

	/**
	 * Makes a node of an exception unless there is one.
	 * @param throwable an exception that is not open
	 * @return its number, or {@link ThrowableNode#NONE} if there is no room for it
	 * @throws PayloadTooLargeException if an object is larger than the limit
	 */
	int visit(Throwable throwable) throws PayloadTooLargeException {
		Integer known = this.done.get(throwable);
		if (known != null) {
			return known;
		}
		if (this.open.size() >= MAX_DEPTH || this.open.size() + this.nodes.size() >= this.size.exceptions()) {
			return ThrowableNode.NONE;
		}
		this.open.put(throwable, throwable);
		Throwable cause = attempt(throwable::getCause);
		boolean late = (cause != null && cause != throwable && isOpen(cause));
		int causeNumber = (cause != null && !isOpen(cause)) ? visit(cause) : ThrowableNode.NONE;
		List<Integer> suppressedNumbers = new ArrayList<>();
		for (Throwable suppressed : suppressed(throwable)) {
			int number = isOpen(suppressed) ? standIn(suppressed) : visit(suppressed);
			if (number != ThrowableNode.NONE) {
				suppressedNumbers.add(number);
			}
		}
		String message = attempt(throwable::getMessage);
		String sentMessage = shorten(message);
		StackTraceElement[] frames = frames(throwable);
		byte[] object = null;
		String lack = null;
		if (this.size.objects()) {
			try {
				object = object(throwable, cause, message, frames);
			}
			catch (PayloadTooLargeException ex) {
				throw ex;
			}
			catch (Throwable ex) {
				lack = "it cannot be serialised: " + describe(ex);
			}
		}
		else {
			lack = "it is too large to be sent whole";
		}
		int number = this.nodes.size();
		this.nodes.add(new ThrowableNode(throwable.getClass().getName(), sentMessage, text(throwable, message), frames,
				causeNumber, List.copyOf(suppressedNumbers), object, lack));
		this.done.put(throwable, number);
		this.open.remove(throwable);
		if (late && cause != null) {
			this.lateCauses.add(new LateCause(number, cause));
		}
		return number;
	}

	boolean isOpen(Throwable throwable) {
		return this.open.containsKey(throwable);
	}

	/**
	 * Makes a node for what refers to an exception before that has one of its own.
	 * @param throwable an exception that is open
	 * @return the number of the node
	 */
	int standIn(Throwable throwable) {
		Integer known = this.standIns.get(throwable);
		if (known != null) {
			return known;
		}
		int number = this.nodes.size();
		this.nodes.add(new ThrowableNode(throwable.getClass().getName(), shorten(attempt(throwable::getMessage)), null,
				null, ThrowableNode.NONE, List.of(), null, "it is an exception further up, in a circle"));
		this.standIns.put(throwable, number);
		return number;
	}

	private byte[] object(Throwable throwable, @Nullable Throwable cause, @Nullable String message,
			StackTraceElement @Nullable [] frames) throws IOException {
		PayloadOutput bytes = new PayloadOutput(this.limit);
		RememberingOutput target = new RememberingOutput(bytes);
		try {
			ThrowableObjectOutput out = new ThrowableObjectOutput(target, this, throwable, cause, message, frames);
			out.writeObject(throwable);
			out.flush();
		}
		catch (IOException ex) {
			target.check();
			throw ex;
		}
		target.check();
		return bytes.toPayload().toByteArray();
	}

	static List<Throwable> suppressed(Throwable throwable) {
		@Nullable Throwable[] suppressed = attempt(throwable::getSuppressed);
		return (suppressed != null) ? Arrays.stream(suppressed).filter(Objects::nonNull).toList() : List.of();
	}

	private StackTraceElement @Nullable [] frames(Throwable throwable) {
		@Nullable StackTraceElement[] frames = attempt(throwable::getStackTrace);
		return (frames != null) ? Arrays.stream(frames)
			.filter(Objects::nonNull)
			.limit(this.size.frames())
			.toArray(StackTraceElement[]::new) : null;
	}

	private @Nullable String text(Throwable throwable, @Nullable String message) {
		String text = attempt(throwable::toString);
		return (text == null || isUsual(text, throwable.getClass().getName(), message)) ? null : shorten(text);
	}

	private static boolean isUsual(String text, String className, @Nullable String message) {
		if (message == null) {
			return text.equals(className);
		}
		// Without another copy of what may be huge
		return text.length() == className.length() + 2 + message.length() && text.startsWith(className)
				&& text.startsWith(": ", className.length()) && text.endsWith(message);
	}

	private @Nullable String shorten(@Nullable String text) {
		if (text == null || text.length() <= this.size.text()) {
			return text;
		}
		return text.substring(0, this.size.text()) + "... (" + text.length() + " characters)";
	}

	/** An exception is code of the application: any of its methods may fail. */
	private static <T> @Nullable T attempt(Callable<@Nullable T> call) {
		try {
			return call.call();
		}
		catch (Throwable ex) {
			return null;
		}
	}

	private static String describe(Throwable failure) {
		String text = attempt(failure::toString);
		return (text != null) ? text : failure.getClass().getName();
	}

	/**
	 * A cause that closes a circle.
	 *
	 * @param owner number of the exception that has it
	 * @param cause the cause, whose number comes later
	 */
	private record LateCause(int owner, Throwable cause) {
	}

}
