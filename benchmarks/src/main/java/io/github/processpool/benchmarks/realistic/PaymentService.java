package io.github.processpool.benchmarks.realistic;

import java.util.List;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is done with {@link Payment}.
 */
@Service
@Transactional(readOnly = true)
class PaymentService {

	private final PaymentRepository repository;

	PaymentService(PaymentRepository repository) {
		this.repository = repository;
	}

	List<Payment> search(String part) {
		return this.repository.findByNameContaining(part);
	}

	@Transactional
	Payment rename(long id, String name) {
		Payment found = this.repository.findById(id).orElseThrow();
		found.setName(name);
		return found;
	}

}
