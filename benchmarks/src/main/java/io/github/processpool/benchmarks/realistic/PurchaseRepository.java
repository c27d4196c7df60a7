package io.github.processpool.benchmarks.realistic;

import java.time.LocalDate;
import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * All of {@link Purchase}.
 */
interface PurchaseRepository extends JpaRepository<Purchase, Long> {

	List<Purchase> findByNameContaining(String part);

	long countByCreatedOnAfter(LocalDate createdOn);

}
