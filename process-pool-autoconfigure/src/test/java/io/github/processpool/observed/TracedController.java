package io.github.processpool.observed;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where a trace begins.
 */
@RestController
class TracedController {

	private final Library library;

	TracedController(Library library) {
		this.library = library;
	}

	@GetMapping("/books")
	String books() {
		return "books: " + this.library.countBooks();
	}

	@GetMapping("/broken")
	String broken() {
		return "books: " + this.library.fail();
	}

}
