package io.github.processpool.benchmarks.realistic;

import java.time.LocalDate;
import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * All of {@link Shipment}.
 */
interface ShipmentRepository extends JpaRepository<Shipment, Long> {

	List<Shipment> findByNameContaining(String part);

	long countByCreatedOnAfter(LocalDate createdOn);

}
