package io.github.processpool.benchmarks.realistic;

import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicLong;

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

	private final AtomicLong recent = new AtomicLong();

	Housekeeping(InvoiceRepository invoices) {
		this.invoices = invoices;
	}

	@Scheduled(fixedDelay = 60_000)
	void count() {
		this.recent.set(this.invoices.countByCreatedOnAfter(LocalDate.EPOCH));
	}

	@Cacheable("recent")
	public long recent() {
		return this.recent.get();
	}

	@EventListener
	void on(Shipment shipment) {
		this.recent.addAndGet(shipment.getPurchase());
	}

}
