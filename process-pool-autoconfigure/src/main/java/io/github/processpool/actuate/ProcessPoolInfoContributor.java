package io.github.processpool.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.processpool.PoolSnapshot;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPools;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Tells which version of process-pool there is and which pools of what size. Safe for use
 * by many threads.
 *
 * @since 0.1.0
 */
public final class ProcessPoolInfoContributor implements InfoContributor {

	private final ProcessPools pools;

	public ProcessPoolInfoContributor(ProcessPools pools) {
		this.pools = pools;
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, Object> info = new LinkedHashMap<>();
		String version = ProcessPool.class.getPackage().getImplementationVersion();
		if (version != null) {
			info.put("version", version);
		}
		Map<String, Object> sizes = new LinkedHashMap<>();
		for (String name : this.pools.names()) {
			PoolSnapshot pool = this.pools.get(name).snapshot();
			sizes.put(name, Map.of("coreSize", pool.coreSize(), "maxSize", pool.maxSize()));
		}
		info.put("pools", sizes);
		builder.withDetail("processpool", info);
	}

}
