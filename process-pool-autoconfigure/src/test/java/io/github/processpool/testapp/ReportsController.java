package io.github.processpool.testapp;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Calls deferred methods on demand.
 */
@RestController
class ReportsController {

	private final Reports reports;

	private final ApplicationEventPublisher events;

	ReportsController(Reports reports, ApplicationEventPublisher events) {
		this.reports = reports;
		this.events = events;
	}

	@GetMapping("/{what}")
	String call(@PathVariable String what, @RequestParam(defaultValue = "") String arg) {
		Object result = switch (what) {
			case "meet" -> this.reports.meet(arg, 2);
			case "publish" -> this.reports.publish(arg);
			case "documents" -> this.reports.countDocuments();
			case "rows" -> this.reports.countRows(arg);
			case "cached" -> this.reports.cachedPrice();
			case "property" -> this.reports.property(arg);
			case "system-property" -> this.reports.systemProperty(arg);
			case "threads" -> String.join("\n", this.reports.threads());
			case "publish-here" -> publishHere(arg);
			default -> throw new IllegalArgumentException(what);
		};
		return String.valueOf(result);
	}

	private String publishHere(String what) {
		this.events.publishEvent(new DomainEvent(what));
		return what;
	}

}
