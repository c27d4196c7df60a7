package io.github.processpool.engine.launch;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Divides the memory of the container or machine among the workers of the pools of an
 * application, so that it and all of them fit into it together.
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

	private HeapSize() {
	}

	/**
	 * Plans the heap of a pool's workers.
	 * @param claim what the pool wants
	 * @param others what the other pools of the application want
	 * @param settings how the user calls a setting of the pool, for messages
	 * @return the plan
	 * @throws HeapTooLargeException if not even one worker with the configured heap fits
	 * next to one worker of each other pool whose heap is configured
	 */
	public static Plan compute(HeapClaim claim, List<HeapClaim> others, UnaryOperator<String> settings) {
		return compute(claim, others, MemoryLimit.detect(), Runtime.getRuntime().maxMemory(), settings);
	}

	static Plan compute(HeapClaim claim, List<HeapClaim> others, MemoryLimit limit, long parentHeap,
			UnaryOperator<String> settings) {
		return claim.isConfigured() ? configured(claim, others, limit, parentHeap, settings)
				: divided(claim, others, limit, parentHeap, settings);
	}

	private static Plan configured(HeapClaim claim, List<HeapClaim> others, MemoryLimit limit, long parentHeap,
			UnaryOperator<String> settings) {
		List<HeapClaim> rivals = others.stream().filter(HeapClaim::isConfigured).toList();
		long room = limit.bytes() - parentHeap;
		long heap = claim.maxHeap();
		long reserved = rivals.stream().mapToLong((rival) -> rival.maxHeap() + OVERHEAD).sum();
		if (room - reserved < heap + OVERHEAD) {
			throw new HeapTooLargeException(
					"A worker with a heap of " + text(heap) + " and " + text(OVERHEAD)
							+ " beside it does not fit into the " + text(limit.bytes()) + " of " + place(limit)
							+ " next to this JVM's heap of up to " + text(parentHeap)
							+ (rivals.isEmpty() ? ""
									: " and one worker of each other pool, which take " + text(reserved))
							+ ".",
					"Lower " + settings.apply("worker.max-heap") + (rivals.isEmpty() ? "" : ", that of another pool,")
							+ " or -Xmx of the application, or give " + place(limit) + " more memory.");
		}
		int workers = counts(claim, rivals, room).first();
		if (workers == claim.maxSize()) {
			return new Plan(heap, workers, null);
		}
		return new Plan(heap, workers,
				"only " + workers + " of " + claim.maxSize() + " workers with a heap of " + text(heap) + " and "
						+ text(OVERHEAD) + " beside it fit into the " + text(limit.bytes()) + " of " + place(limit)
						+ neighbours(parentHeap, rivals) + ", so max-size is " + workers + ". Lower "
						+ settings.apply("worker.max-heap") + ", " + settings.apply("max-size")
						+ " or -Xmx of the application");
	}

	/** What is configured comes first, the rest is shared by all other workers. */
	private static Plan divided(HeapClaim claim, List<HeapClaim> others, MemoryLimit limit, long parentHeap,
			UnaryOperator<String> settings) {
		List<HeapClaim> configured = others.stream().filter(HeapClaim::isConfigured).toList();
		List<HeapClaim> rivals = others.stream().filter((other) -> !other.isConfigured()).toList();
		long share = (long) (SHARE * limit.bytes());
		long available = share - parentHeap - counts(configured, limit.bytes() - parentHeap).bytes();
		WorkerCounts counts = counts(claim, rivals, available);
		int workers = counts.first();
		long largest = Math.max(SMALLEST, limit.bytes() / 4);
		long heap = wholeMegabytes(Math.max(SMALLEST, Math.min(largest, available / counts.sum() - OVERHEAD)));
		boolean safe = counts.bytes() <= available;
		if (safe && workers == claim.maxSize()) {
			return new Plan(heap, workers, null);
		}
		String fact = safe ? "only " + workers + " of " + claim.maxSize() + " workers fit"
				: "not even one worker fits safely";
		return new Plan(heap, workers,
				fact + " into " + text(share) + ", which is 80 % of the memory of " + place(limit) + ","
						+ neighbours(parentHeap, others) + ", so max-size is " + workers + " and each worker's heap "
						+ text(heap) + ". Lower -Xmx of the application, give it more memory, or set "
						+ settings.apply("max-size") + " and " + settings.apply("worker.max-heap"));
	}

	private static WorkerCounts counts(HeapClaim claim, List<HeapClaim> rivals, long room) {
		return counts(Stream.concat(Stream.of(claim), rivals.stream()).toList(), room);
	}

	private static WorkerCounts counts(List<HeapClaim> claims, long room) {
		return new WorkerCounts(claims, SMALLEST, OVERHEAD, room);
	}

	private static String neighbours(long parentHeap, List<HeapClaim> others) {
		return " next to this JVM's heap of up to " + text(parentHeap)
				+ (others.isEmpty() ? "" : " and the workers of the other pools");
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
