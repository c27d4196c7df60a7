package io.github.processpool.sample.chaos;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.github.processpool.ProcessPoolRejectedException;
import io.github.processpool.TaskTimeoutException;
import io.github.processpool.WorkerCrashedException;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Lets users see what becomes of a call whose worker dies.
 */
@RestController
class ChaosController {

	private final ChaosService chaos;

	ChaosController(ChaosService chaos) {
		this.chaos = chaos;
	}

	@PostMapping("/chaos/{kind}")
	CompletableFuture<ResponseEntity<Object>> cause(@PathVariable String kind) throws ReflectiveOperationException {
		long start = System.nanoTime();
		return call(kind).handle((result, failure) -> {
			Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
			return (failure != null) ? failed(kind, failure, elapsed) : ResponseEntity.ok(result);
		});
	}

	private CompletableFuture<String> call(String kind) throws ReflectiveOperationException {
		return switch (kind) {
			case "segfault" -> this.chaos.segfault();
			case "heap" -> this.chaos.heap();
			case "spin" -> this.chaos.spin();
			case "exit" -> this.chaos.exit();
			case "exception" -> this.chaos.exception();
			default -> throw new ResponseStatusException(HttpStatus.NOT_FOUND,
					"There is no chaos '" + kind + "', only segfault, heap, spin, exit and exception");
		};
	}

	private static ResponseEntity<Object> failed(String kind, Throwable failure, Duration elapsed) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return ResponseEntity.status(status(cause)).body(ChaosReport.of(kind, cause, elapsed.toMillis()));
	}

	private static HttpStatus status(Throwable failure) {
		if (failure instanceof WorkerCrashedException) {
			return HttpStatus.BAD_GATEWAY;
		}
		if (failure instanceof TaskTimeoutException) {
			return HttpStatus.GATEWAY_TIMEOUT;
		}
		return (failure instanceof ProcessPoolRejectedException) ? HttpStatus.SERVICE_UNAVAILABLE
				: HttpStatus.INTERNAL_SERVER_ERROR;
	}

}
