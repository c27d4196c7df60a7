package io.github.processpool.engine.launch;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Divides the memory of the container or machine among the workers of a pool, so that the
 * application and all workers fit into it together.
 *
 * @since 0.1.0
 */
public final class HeapSize {

	private static final long MEGABYTE = 1024 * 1024;

	/** A context of Spring does not start in less. */
	private static final long SMALLEST = 64 * MEGABYTE;

	/** What a JVM takes beside its heap: classes, compiled code, stacks, buffers. */
	private static final long OVERHEAD = 150 * MEGABYTE;

	/** The rest is for the kernel's page cache and what else runs there. */
	private static final double SHARE = 0.8;

	private static final Pattern OPTION = Pattern.compile("(?:-Xmx|-XX:MaxHeapSize=)(\\d+)([kKmMgGtT]?)");

	private HeapSize() {
	}

	/**
	 * Plans the heap of workers.
	 * @param maxSize workers at most, at least 1
	 * @param maxHeap largest heap in bytes as configured, or 0 to compute it
	 * @param jvmArgs options of the workers, a largest heap among them counts as
	 * configured
	 * @param settings how the user calls a setting, for messages
	 * @return the plan
	 * @throws HeapTooLargeException if not even one worker with the configured heap fits
	 */
	public static Plan compute(int maxSize, long maxHeap, List<String> jvmArgs, UnaryOperator<String> settings) {
		long option = option(jvmArgs);
		return compute(maxSize, (option > 0) ? option : maxHeap, MemoryLimit.detect(), Runtime.getRuntime().maxMemory(),
				settings);
	}

	static Plan compute(int maxSize, long maxHeap, MemoryLimit limit, long parentHeap, UnaryOperator<String> settings) {
		return (maxHeap > 0) ? configured(maxSize, maxHeap, limit, parentHeap, settings)
				: divided(maxSize, limit, parentHeap, settings);
	}

	private static Plan configured(int maxSize, long maxHeap, MemoryLimit limit, long parentHeap,
			UnaryOperator<String> settings) {
		long fitting = (limit.bytes() - parentHeap) / (maxHeap + OVERHEAD);
		if (limit.bytes() - parentHeap < maxHeap + OVERHEAD) {
			throw new HeapTooLargeException(
					"A worker with a heap of " + text(maxHeap) + " and " + text(OVERHEAD)
							+ " beside it does not fit into the " + text(limit.bytes()) + " of " + place(limit)
							+ " next to this JVM's heap of up to " + text(parentHeap) + ".",
					"Lower " + settings.apply("worker.max-heap") + " or -Xmx of the application, or give "
							+ place(limit) + " more memory.");
		}
		if (fitting >= maxSize) {
			return new Plan(maxHeap, maxSize, null);
		}
		return new Plan(maxHeap, (int) fitting,
				"only " + fitting + " of " + maxSize + " workers with a heap of " + text(maxHeap) + " and "
						+ text(OVERHEAD) + " beside it fit into the " + text(limit.bytes()) + " of " + place(limit)
						+ " next to this JVM's heap of up to " + text(parentHeap) + ", so max-size is " + fitting
						+ ". Lower " + settings.apply("worker.max-heap") + ", " + settings.apply("max-size")
						+ " or -Xmx of the application");
	}

	private static Plan divided(int maxSize, MemoryLimit limit, long parentHeap, UnaryOperator<String> settings) {
		long available = (long) (SHARE * limit.bytes()) - parentHeap;
		long fitting = available / (SMALLEST + OVERHEAD);
		int workers = (int) Math.max(1, Math.min(fitting, maxSize));
		long largest = Math.max(SMALLEST, limit.bytes() / 4);
		long heap = wholeMegabytes(Math.max(SMALLEST, Math.min(largest, available / workers - OVERHEAD)));
		if (fitting >= maxSize) {
			return new Plan(heap, workers, null);
		}
		String fact = (fitting > 0) ? "only " + fitting + " of " + maxSize + " workers fit"
				: "not even one worker fits safely";
		return new Plan(heap, workers,
				fact + " into " + text((long) (SHARE * limit.bytes())) + ", which is 80 % of the memory of "
						+ place(limit) + ", next to this JVM's heap of up to " + text(parentHeap) + ", so max-size is "
						+ workers + " and each worker's heap " + text(heap)
						+ ". Lower -Xmx of the application, give it more memory, or set " + settings.apply("max-size")
						+ " and " + settings.apply("worker.max-heap"));
	}

	private static long option(List<String> jvmArgs) {
		long bytes = 0;
		for (String argument : jvmArgs) {
			Matcher matcher = OPTION.matcher(argument);
			if (matcher.matches()) {
				int power = " kmgt"
					.indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2).toLowerCase(Locale.ROOT));
				bytes = Long.parseLong(matcher.group(1)) << (10 * power);
			}
		}
		return bytes;
	}

	private static long wholeMegabytes(long bytes) {
		return bytes / MEGABYTE * MEGABYTE;
	}

	private static String place(MemoryLimit limit) {
		return limit.container() ? "this container" : "this machine";
	}

	private static String text(long bytes) {
		return bytes / MEGABYTE + " MB";
	}

	/**
	 * How many workers there may be, and how large.
	 *
	 * @param maxHeap largest heap of a worker in bytes
	 * @param maxSize workers at most, possibly fewer than asked for
	 * @param warning why there are fewer, or {@code null} if nothing is wrong
	 */
	public record Plan(long maxHeap, int maxSize, @Nullable String warning) {
	}

}
