package io.github.processpool.benchmarks.realistic;

import java.math.BigDecimal;
import java.time.LocalDate;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * Whom we buy from.
 */
@Entity
@Table(name = "suppliers")
class Supplier {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	private String name = "";

	private LocalDate createdOn = LocalDate.EPOCH;

	private BigDecimal amount = BigDecimal.ZERO;

	private long region;

	@Nullable Long getId() {
		return this.id;
	}

	String getName() {
		return this.name;
	}

	void setName(String name) {
		this.name = name;
	}

	LocalDate getCreatedOn() {
		return this.createdOn;
	}

	BigDecimal getAmount() {
		return this.amount;
	}

	long getRegion() {
		return this.region;
	}

}
