package io.github.processpool.autoconfigure;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPools;

/**
 * All beans that are pools. A pool that is defined by properties is found by that name
 * even if the application puts a bean of its own in its place; any other by the name that
 * it gives itself.
 */
final class BeanProcessPools implements ProcessPools {

	static final String DEFAULT_BEAN = "processPool";

	private static final String SUFFIX = "ProcessPool";

	private final Map<String, ProcessPool> pools = new LinkedHashMap<>();

	BeanProcessPools(Map<String, ProcessPool> beans, Set<String> names) {
		Map<String, ProcessPool> others = new LinkedHashMap<>(beans);
		ProcessPool defaultPool = others.remove(DEFAULT_BEAN);
		if (defaultPool != null) {
			this.pools.put(DEFAULT, defaultPool);
		}
		for (String name : names) {
			ProcessPool pool = others.remove(beanName(name));
			if (pool != null) {
				this.pools.put(name, pool);
			}
		}
		others.forEach((beanName, pool) -> {
			ProcessPool other = this.pools.putIfAbsent(pool.getName(), pool);
			if (other != null) {
				throw new DuplicatePoolException(beanName, beanName(beans, other), pool.getName());
			}
		});
	}

	private static String beanName(Map<String, ProcessPool> beans, ProcessPool pool) {
		return beans.entrySet()
			.stream()
			.filter((bean) -> bean.getValue() == pool)
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Name of the bean of a pool that is defined by properties.
	 * @param pool name of the pool
	 * @return name of the bean
	 */
	static String beanName(String pool) {
		return pool + SUFFIX;
	}

	@Override
	public ProcessPool get(String name) {
		ProcessPool pool = this.pools.get(name.isEmpty() ? DEFAULT : name);
		if (pool == null) {
			throw new IllegalArgumentException("There is no pool '" + name + "', only " + this.pools.keySet()
					+ ". Define it with 'process-pool.pools." + name + ".*'.");
		}
		return pool;
	}

	@Override
	public Set<String> names() {
		return Collections.unmodifiableSet(this.pools.keySet());
	}

	@Override
	public Iterator<ProcessPool> iterator() {
		return Collections.unmodifiableCollection(this.pools.values()).iterator();
	}

}
