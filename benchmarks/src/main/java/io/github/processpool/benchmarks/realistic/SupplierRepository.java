package io.github.processpool.benchmarks.realistic;

import java.time.LocalDate;
import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * All of {@link Supplier}.
 */
interface SupplierRepository extends JpaRepository<Supplier, Long> {

	List<Supplier> findByNameContaining(String part);

	long countByCreatedOnAfter(LocalDate createdOn);

}
