package io.github.processpool.engine;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait for a worker, first come, first served. A linked list through the
 * tasks themselves, so that a cancelled one leaves at once. Guarded by the dispatcher's
 * lock.
 */
final class TaskQueue {

	private @Nullable PendingTask<?> head;

	private @Nullable PendingTask<?> tail;

	private int size;

	private long bytes;

	int size() {
		return this.size;
	}

	long bytes() {
		return this.bytes;
	}

	void addLast(PendingTask<?> task) {
		task.previous = this.tail;
		if (this.tail != null) {
			this.tail.next = task;
		}
		else {
			this.head = task;
		}
		this.tail = task;
		added(task);
	}

	void addFirst(PendingTask<?> task) {
		task.next = this.head;
		if (this.head != null) {
			this.head.previous = task;
		}
		else {
			this.tail = task;
		}
		this.head = task;
		added(task);
	}

	@Nullable PendingTask<?> poll() {
		PendingTask<?> task = this.head;
		if (task != null) {
			remove(task);
		}
		return task;
	}

	boolean remove(PendingTask<?> task) {
		if (!task.queued) {
			return false;
		}
		if (task.previous != null) {
			task.previous.next = task.next;
		}
		else {
			this.head = task.next;
		}
		if (task.next != null) {
			task.next.previous = task.previous;
		}
		else {
			this.tail = task.previous;
		}
		task.previous = null;
		task.next = null;
		task.queued = false;
		this.size--;
		this.bytes -= task.queuedBytes;
		return true;
	}

	List<PendingTask<?>> drain() {
		List<PendingTask<?>> tasks = new ArrayList<>(this.size);
		for (PendingTask<?> task = poll(); task != null; task = poll()) {
			tasks.add(task);
		}
		return tasks;
	}

	private void added(PendingTask<?> task) {
		task.queued = true;
		this.size++;
		task.queuedBytes = task.payload().size();
		this.bytes += task.queuedBytes;
	}

}
