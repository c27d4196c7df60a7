package io.github.processpool.worker;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.processpool.protocol.Heartbeat;

/**
 * What this process holds and has used. To load it takes much longer than to read from
 * it, so that no worker does so before it is asked. Safe for use by many threads.
 */
final class Vitals {

	private static final Path RESIDENT_FILE = Path.of("/proc/self/statm");

	/** The unit of that file on nearly every Linux. */
	private static final long PAGE_SIZE = 4096;

	private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

	private static final List<MemoryPoolMXBean> HEAP = ManagementFactory.getMemoryPoolMXBeans()
		.stream()
		.filter((pool) -> pool.getType() == MemoryType.HEAP)
		.toList();

	/**
	 * A heap that has one part only is collected all the time, or nothing in it is old.
	 */
	private static final List<MemoryPoolMXBean> OLD = (HEAP.size() > 1)
			? HEAP.stream().filter(MemoryPoolMXBean::isUsageThresholdSupported).toList() : List.of();

	private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getOperatingSystemMXBean();

	private Vitals() {
	}

	static Heartbeat read() {
		MemoryUsage heap = MEMORY.getHeapMemoryUsage();
		long gcMillis = 0;
		for (GarbageCollectorMXBean collector : COLLECTORS) {
			gcMillis += Math.max(0, collector.getCollectionTime());
		}
		return new Heartbeat(residentBytes(), heap.getUsed(), heapAfterGc(), heap.getCommitted(), heap.getMax(),
				gcMillis, gcCount(), cpuNanos(), THREADS.getThreadCount());
	}

	/**
	 * Number of garbage collections so far.
	 */
	static long gcCount() {
		long count = 0;
		for (GarbageCollectorMXBean collector : COLLECTORS) {
			count += Math.max(0, collector.getCollectionCount());
		}
		return count;
	}

	/**
	 * What was in use after the latest collection of each part of the heap, or -1 if
	 * there was none.
	 */
	static long heapAfterGc() {
		if (gcCount() == 0) {
			return -1;
		}
		long used = 0;
		for (MemoryPoolMXBean pool : HEAP) {
			MemoryUsage usage = pool.getCollectionUsage();
			used += (usage != null) ? usage.getUsed() : 0;
		}
		return used;
	}

	/**
	 * By how much the old part of the heap has grown since it was collected. Some of that
	 * may be garbage.
	 */
	static long oldGrowth() {
		long growth = 0;
		for (MemoryPoolMXBean pool : OLD) {
			MemoryUsage collected = pool.getCollectionUsage();
			growth += pool.getUsage().getUsed() - ((collected != null) ? collected.getUsed() : 0);
		}
		return growth;
	}

	private static long residentBytes() {
		try {
			return Long.parseLong(Files.readString(RESIDENT_FILE).split(" ")[1]) * PAGE_SIZE;
		}
		catch (IOException | RuntimeException ex) {
			return -1;
		}
	}

	private static long cpuNanos() {
		return (SYSTEM instanceof com.sun.management.OperatingSystemMXBean system) ? system.getProcessCpuTime() : -1;
	}

}
