package io.github.processpool;

import java.time.Duration;
import java.time.Instant;

/**
 * What a worker told of itself with its latest heartbeat, a few seconds ago at most
 * unless it is stuck.
 *
 * @param at when it was heard
 * @param residentBytes resident size of its process, or -1 if it is not known
 * @param heapUsed used part of its heap in bytes, garbage included
 * @param heapAfterGc bytes of its heap still used after the latest garbage collection of
 * each part of the heap, or -1 if there was none
 * @param heapCommitted size of its heap at present in bytes
 * @param heapMax largest size of its heap in bytes, or -1 if there is no limit
 * @param gcTime time spent on garbage collections so far
 * @param gcCount number of garbage collections so far
 * @param cpuTime CPU time of its process so far, zero if it is not known
 * @param threads number of its threads
 * @since 0.1.0
 */
public record WorkerStatistics(Instant at, long residentBytes, long heapUsed, long heapAfterGc, long heapCommitted,
		long heapMax, Duration gcTime, long gcCount, Duration cpuTime, int threads) {

}
