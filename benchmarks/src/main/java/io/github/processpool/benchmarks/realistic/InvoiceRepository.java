package io.github.processpool.benchmarks.realistic;

import java.time.LocalDate;
import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * All of {@link Invoice}.
 */
interface InvoiceRepository extends JpaRepository<Invoice, Long> {

	List<Invoice> findByNameContaining(String part);

	long countByCreatedOnAfter(LocalDate createdOn);

}
