package io.github.processpool.benchmarks.realistic;

import java.util.List;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is done with {@link Complaint}.
 */
@Service
@Transactional(readOnly = true)
class ComplaintService {

	private final ComplaintRepository repository;

	ComplaintService(ComplaintRepository repository) {
		this.repository = repository;
	}

	List<Complaint> search(String part) {
		return this.repository.findByNameContaining(part);
	}

	@Transactional
	Complaint rename(long id, String name) {
		Complaint found = this.repository.findById(id).orElseThrow();
		found.setName(name);
		return found;
	}

}
