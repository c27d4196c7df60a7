package io.github.processpool.codec;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.fory.resolver.SharedRegistry;

/**
 * The serialisers of a codec. Nobody waits for one: code of the application may run while
 * one is in use, and may need another. Thread-safe.
 */
final class ForyInstances {

	/**
	 * Each takes 200 kB and a millisecond or more to make. There have to be more than
	 * processors: threads lose theirs while they have an instance.
	 */
	private static final int LARGEST_STOCK = 32;

	private final TypeFilter filter;

	private final ClassLoader classLoader;

	private final SharedRegistry registry = new SharedRegistry();

	private final ForyStructs structs = new ForyStructs();

	/** The last one that was given back is the first to be borrowed. */
	private final Deque<ForyInstance> idle = new ConcurrentLinkedDeque<>();

	private final AtomicInteger stock = new AtomicInteger();

	ForyInstances(TypeFilter filter, ClassLoader classLoader) {
		this.filter = filter;
		this.classLoader = classLoader;
	}

	/**
	 * Takes an instance, or makes one.
	 */
	ForyInstance borrow() {
		ForyInstance instance = this.idle.pollFirst();
		if (instance == null) {
			return new ForyInstance(this.filter, this.classLoader, this.registry, this.structs);
		}
		this.stock.decrementAndGet();
		return instance;
	}

	/**
	 * Takes back an instance that has not failed.
	 */
	void giveBack(ForyInstance instance) {
		if (this.stock.incrementAndGet() <= LARGEST_STOCK) {
			this.idle.addFirst(instance);
		}
		else {
			this.stock.decrementAndGet();
		}
	}

}
