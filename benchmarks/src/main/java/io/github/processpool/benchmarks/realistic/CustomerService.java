package io.github.processpool.benchmarks.realistic;

import java.util.List;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is done with {@link Customer}.
 */
@Service
@Transactional(readOnly = true)
class CustomerService {

	private final CustomerRepository repository;

	CustomerService(CustomerRepository repository) {
		this.repository = repository;
	}

	List<Customer> search(String part) {
		return this.repository.findByNameContaining(part);
	}

	@Transactional
	Customer rename(long id, String name) {
		Customer found = this.repository.findById(id).orElseThrow();
		found.setName(name);
		return found;
	}

}
