package io.github.processpool.benchmarks.realistic;

import java.util.List;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is done with {@link Invoice}.
 */
@Service
@Transactional(readOnly = true)
class InvoiceService {

	private final InvoiceRepository repository;

	InvoiceService(InvoiceRepository repository) {
		this.repository = repository;
	}

	List<Invoice> search(String part) {
		return this.repository.findByNameContaining(part);
	}

	@Transactional
	Invoice rename(long id, String name) {
		Invoice found = this.repository.findById(id).orElseThrow();
		found.setName(name);
		return found;
	}

}
