package io.github.processpool.benchmarks.realistic;

import java.time.LocalDate;
import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * All of {@link Customer}.
 */
interface CustomerRepository extends JpaRepository<Customer, Long> {

	List<Customer> findByNameContaining(String part);

	long countByCreatedOnAfter(LocalDate createdOn);

}
