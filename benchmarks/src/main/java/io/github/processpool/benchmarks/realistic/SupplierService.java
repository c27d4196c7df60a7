package io.github.processpool.benchmarks.realistic;

import java.util.List;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is done with {@link Supplier}.
 */
@Service
@Transactional(readOnly = true)
class SupplierService {

	private final SupplierRepository repository;

	SupplierService(SupplierRepository repository) {
		this.repository = repository;
	}

	List<Supplier> search(String part) {
		return this.repository.findByNameContaining(part);
	}

	@Transactional
	Supplier rename(long id, String name) {
		Supplier found = this.repository.findById(id).orElseThrow();
		found.setName(name);
		return found;
	}

}
