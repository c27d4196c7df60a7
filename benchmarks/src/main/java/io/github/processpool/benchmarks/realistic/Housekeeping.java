package io.github.processpool.benchmarks.realistic;

import java.time.LocalDate;

import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What applications do besides answering.
 */
@Component
class Housekeeping {

	private final InvoiceRepository invoices;

	private volatile long recent;

	Housekeeping(InvoiceRepository invoices) {
		this.invoices = invoices;
	}

	@Scheduled(fixedDelay = 60_000)
	void count() {
		this.recent = this.invoices.countByCreatedOnAfter(LocalDate.EPOCH);
	}

	@Cacheable("recent")
	public long recent() {
		return this.recent;
	}

	@EventListener
	void on(Shipment shipment) {
		this.recent += shipment.getPurchase();
	}

}
