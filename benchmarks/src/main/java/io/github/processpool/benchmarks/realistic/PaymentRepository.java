package io.github.processpool.benchmarks.realistic;

import java.time.LocalDate;
import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * All of {@link Payment}.
 */
interface PaymentRepository extends JpaRepository<Payment, Long> {

	List<Payment> findByNameContaining(String part);

	long countByCreatedOnAfter(LocalDate createdOn);

}
