package io.github.processpool.benchmarks.realistic;

import java.util.List;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is done with {@link Purchase}.
 */
@Service
@Transactional(readOnly = true)
class PurchaseService {

	private final PurchaseRepository repository;

	PurchaseService(PurchaseRepository repository) {
		this.repository = repository;
	}

	List<Purchase> search(String part) {
		return this.repository.findByNameContaining(part);
	}

	@Transactional
	Purchase rename(long id, String name) {
		Purchase found = this.repository.findById(id).orElseThrow();
		found.setName(name);
		return found;
	}

}
