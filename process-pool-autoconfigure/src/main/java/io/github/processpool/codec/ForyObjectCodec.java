package io.github.processpool.codec;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.io.StreamCorruptedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessTask;
import io.github.processpool.TaskOptions;
import io.github.processpool.protocol.PayloadOutput;
import io.github.processpool.protocol.PayloadTooLargeException;
import org.apache.fory.exception.ForyException;
import org.apache.fory.exception.InsecureException;
import org.jspecify.annotations.Nullable;

/**
 * Apache Fory for objects that are just their fields, for values of the JDK, and for
 * collections of them; the JDK for graphs with an object whose class has serialisation
 * methods of its own, so that these do what they do anywhere else. Where the JDK cannot
 * write such a graph, because something in it is not serialisable, Fory does, and the JDK
 * writes the object alone.
 * <p>
 * Tasks that are objects themselves go through the JDK if they can: they are small, and a
 * process that knows no other values does not load Fory at all.
 */
final class ForyObjectCodec implements ObjectCodec {

	/** First byte of what the JDK writes; Fory's is another. */
	private static final byte JDK = (byte) 0xac;

	/** Of types that every filter allows. */
	private static final Object[] SAMPLES = { "text", 1, 2L, 1.5, true, new byte[8], List.of("x", "y"),
			List.of(1, 2, 3), new ArrayList<>(List.of(1)), Map.of("key", 1.5), new HashMap<>(Map.of("key", 1)),
			new String[] { "x" }, Duration.ofSeconds(1), TimeUnit.DAYS, TaskOptions.defaults() };

	private final JdkObjectCodec jdk;

	private final ForyInstances instances;

	ForyObjectCodec(TypeFilter filter, ClassLoader classLoader) {
		this.jdk = new JdkObjectCodec(filter, classLoader, true);
		this.instances = new ForyInstances(filter, classLoader);
	}

	@Override
	public void write(PayloadOutput out, List<Object> values) throws GraphException {
		boolean task = values.size() == 1 && values.get(0) instanceof ProcessTask;
		if (task && writeByJdk(out, values)) {
			return;
		}
		if (!writeByFory(out, values, false) && (task || !writeByJdk(out, values))) {
			writeByFory(out, values, true);
		}
	}

	/**
	 * Writes a graph unless something in it is not serialisable.
	 */
	private boolean writeByJdk(PayloadOutput out, List<Object> values) throws GraphException {
		PayloadOutput bytes = new PayloadOutput(out.left());
		try {
			this.jdk.write(bytes, values);
		}
		catch (GraphException ex) {
			if (ex.failure() instanceof NotSerializableException) {
				return false;
			}
			throw ex.withLimit(out.limit());
		}
		try {
			out.append(bytes.toPayload());
		}
		catch (PayloadTooLargeException ex) {
			throw new GraphException(values.size() - 1, ex);
		}
		return true;
	}

	/**
	 * Writes a graph unless only the JDK can and that is not allowed.
	 */
	private boolean writeByFory(PayloadOutput out, List<Object> values, boolean exotic) throws GraphException {
		ForyInstance instance = borrow();
		boolean written = false;
		try {
			instance.write(out, values.toArray(), exotic);
			written = true;
		}
		catch (ExoticTypeException ex) {
			// Nothing is wrong with the instance
		}
		catch (InsecureException ex) {
			if (!exotic) {
				// On Fory's own list of dangerous classes, but on the application's too
				return false;
			}
			throw new GraphException(instance.index(), dangerOf(ex));
		}
		catch (TooLongException | PayloadTooLargeException ex) {
			throw new GraphException(instance.index(), new PayloadTooLargeException(out.limit()));
		}
		catch (Throwable ex) {
			// An instance that has failed is not trusted any more
			throw new GraphException(instance.index(), reasonOf(ex));
		}
		this.instances.giveBack(instance);
		return written;
	}

	@Override
	public @Nullable Object[] read(byte[] body, int offset, int count) throws GraphException {
		if (offset < body.length && body[offset] == JDK) {
			return this.jdk.read(body, offset, count);
		}
		ForyInstance instance = borrow();
		@Nullable Object[] values;
		try {
			values = instance.read(body, offset, count);
		}
		catch (Throwable ex) {
			throw new GraphException(instance.index(), damageOf(reasonOf(ex)));
		}
		this.instances.giveBack(instance);
		return values;
	}

	private ForyInstance borrow() throws GraphException {
		try {
			return this.instances.borrow();
		}
		catch (Throwable ex) {
			throw new GraphException(0, reasonOf(ex));
		}
	}

	private static IOException dangerOf(InsecureException failure) {
		String className = String.valueOf(failure.getMessage()).split(" ", 2)[0];
		try {
			Class<?> type = Class.forName(className, false, ClassLoader.getPlatformClassLoader());
			if (!Serializable.class.isAssignableFrom(type)) {
				return new NotSerializableException(className);
			}
		}
		catch (ClassNotFoundException | LinkageError ex) {
			// None of the JDK
		}
		return new StreamRefusedException(className + " is on Apache Fory's list of dangerous classes", null);
	}

	private static Throwable reasonOf(Throwable failure) {
		Throwable reason = failure;
		for (Throwable cause = failure.getCause(); reason instanceof ForyException
				&& cause != null; cause = cause.getCause()) {
			reason = cause;
		}
		return reason;
	}

	/**
	 * Only bytes that nobody has written like that make Fory itself fail.
	 */
	private static Throwable damageOf(Throwable failure) {
		if (failure instanceof InsecureException) {
			boolean depth = String.valueOf(failure.getMessage()).contains("depth");
			return new StreamRefusedException(
					depth ? StreamFilter.TOO_DEEP : "it claims to hold more than the data can stand for", null);
		}
		if (failure instanceof RuntimeException) {
			StreamCorruptedException damage = new StreamCorruptedException("the data is damaged: " + failure);
			damage.initCause(failure);
			return damage;
		}
		return failure;
	}

	@Override
	public void warmUp() {
		PayloadOutput out = new PayloadOutput(Integer.MAX_VALUE);
		try {
			writeByFory(out, List.of((Object) SAMPLES), false);
			read(out.toPayload().toByteArray(), 0, 1);
		}
		catch (GraphException ex) {
			throw new IllegalStateException("Apache Fory does not work here: " + ex.failure(), ex.failure());
		}
	}

	@Override
	public boolean writesAnyClass() {
		return true;
	}

}
