package io.github.processpool.benchmarks.realistic;

import java.util.List;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is done with {@link Product}.
 */
@Service
@Transactional(readOnly = true)
class ProductService {

	private final ProductRepository repository;

	ProductService(ProductRepository repository) {
		this.repository = repository;
	}

	List<Product> search(String part) {
		return this.repository.findByNameContaining(part);
	}

	@Transactional
	Product rename(long id, String name) {
		Product found = this.repository.findById(id).orElseThrow();
		found.setName(name);
		return found;
	}

}
