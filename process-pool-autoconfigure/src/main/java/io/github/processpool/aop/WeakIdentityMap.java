package io.github.processpool.aop;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Remembers a value per object for as long as the object lives, whatever its
 * {@code equals} says. Safe for use by many threads.
 *
 * @param <V> type of the values, which must not refer to the object
 */
final class WeakIdentityMap<V> {

	private final Map<Key, V> values = new ConcurrentHashMap<>();

	private final ReferenceQueue<Object> dead = new ReferenceQueue<>();

	void put(Object object, V value) {
		for (Reference<?> key = this.dead.poll(); key != null; key = this.dead.poll()) {
			this.values.remove(key);
		}
		this.values.put(new Key(object, this.dead), value);
	}

	@Nullable V get(Object object) {
		return this.values.get(new Key(object, null));
	}

	int size() {
		return this.values.size();
	}

	/**
	 * An object by its identity; equal to itself even when the object is gone.
	 */
	private static final class Key extends WeakReference<Object> {

		private final int hash;

		Key(Object object, @Nullable ReferenceQueue<Object> queue) {
			super(object, queue);
			this.hash = System.identityHashCode(object);
		}

		@Override
		public int hashCode() {
			return this.hash;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			if (this == other) {
				return true;
			}
			Object object = get();
			return object != null && other instanceof Key key && object == key.get();
		}

	}

}
