package io.github.processpool.benchmarks.realistic;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@link Payment} over HTTP.
 */
@RestController
@RequestMapping("/payments")
class PaymentController {

	private final PaymentService service;

	PaymentController(PaymentService service) {
		this.service = service;
	}

	@GetMapping
	List<String> search(@RequestParam String part) {
		return this.service.search(part).stream().map(Payment::getName).toList();
	}

	@PutMapping("/{id}")
	String rename(@PathVariable long id, @RequestBody String name) {
		return this.service.rename(id, name).getName();
	}

}
