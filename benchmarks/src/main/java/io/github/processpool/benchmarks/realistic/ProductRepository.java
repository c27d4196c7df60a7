package io.github.processpool.benchmarks.realistic;

import java.time.LocalDate;
import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * All of {@link Product}.
 */
interface ProductRepository extends JpaRepository<Product, Long> {

	List<Product> findByNameContaining(String part);

	long countByCreatedOnAfter(LocalDate createdOn);

}
