package io.github.processpool.benchmarks.realistic;

import java.util.List;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is done with {@link Shipment}.
 */
@Service
@Transactional(readOnly = true)
class ShipmentService {

	private final ShipmentRepository repository;

	ShipmentService(ShipmentRepository repository) {
		this.repository = repository;
	}

	List<Shipment> search(String part) {
		return this.repository.findByNameContaining(part);
	}

	@Transactional
	Shipment rename(long id, String name) {
		Shipment found = this.repository.findById(id).orElseThrow();
		found.setName(name);
		return found;
	}

}
