package io.github.processpool.benchmarks.realistic;

import java.time.LocalDate;
import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * All of {@link Complaint}.
 */
interface ComplaintRepository extends JpaRepository<Complaint, Long> {

	List<Complaint> findByNameContaining(String part);

	long countByCreatedOnAfter(LocalDate createdOn);

}
