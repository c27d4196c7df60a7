package io.github.processpool.testapp;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Component;

/**
 * Something whose results are cached.
 */
@Component
public class Prices {

	private final AtomicInteger calls = new AtomicInteger();

	/**
	 * Looks a price up.
	 * @param product name of a product
	 * @return how often prices were really looked up
	 */
	@Cacheable("prices")
	public int priceOf(String product) {
		return this.calls.incrementAndGet();
	}

}
