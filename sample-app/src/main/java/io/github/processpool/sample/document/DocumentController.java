package io.github.processpool.sample.document;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.github.processpool.ProcessPoolRejectedException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * Documents over HTTP.
 */
@RestController
@RequestMapping("/documents")
class DocumentController {

	private static final int LATEST = 50;

	private static final int MAX_NAME_LENGTH = 120;

	private final DocumentService service;

	private final DocumentRepository repository;

	private final DocumentStore store;

	DocumentController(DocumentService service, DocumentRepository repository, DocumentStore store) {
		this.service = service;
		this.repository = repository;
		this.store = store;
	}

	/**
	 * Takes a document and answers when it has been read, without holding a thread while
	 * a worker is at it.
	 */
	@PostMapping
	CompletableFuture<ResponseEntity<Document>> upload(@RequestParam MultipartFile file) throws IOException {
		try (InputStream content = file.getInputStream()) {
			return this.service.process(name(file.getOriginalFilename()), file.getSize(), content)
				.thenApply(this::answer);
		}
	}

	@GetMapping
	List<Document> latest() {
		return this.repository.latest(LATEST);
	}

	@GetMapping("/{id}")
	ResponseEntity<Document> document(@PathVariable UUID id) {
		return ResponseEntity.of(this.repository.find(id));
	}

	@GetMapping("/{id}/thumbnails/{page}")
	ResponseEntity<Resource> thumbnail(@PathVariable UUID id, @PathVariable int page) {
		Path thumbnail = this.store.thumbnail(id, page);
		if (!thumbnail.toFile().isFile()) {
			return ResponseEntity.notFound().build();
		}
		return ResponseEntity.ok()
			.contentType(MediaType.IMAGE_PNG)
			.cacheControl(CacheControl.maxAge(Duration.ofDays(1)))
			.body(new FileSystemResource(thumbnail));
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> busy(ProcessPoolRejectedException ex) {
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, "10")
			.body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(ex.getMessage())));
	}

	private ResponseEntity<Document> answer(Document document) {
		HttpStatus status = (document.state() == DocumentState.DONE) ? HttpStatus.CREATED
				: HttpStatus.UNPROCESSABLE_CONTENT;
		return ResponseEntity.status(status).location(URI.create("/documents/" + document.id())).body(document);
	}

	private static String name(@Nullable String original) {
		String name = StringUtils.getFilename(StringUtils.cleanPath((original != null) ? original : ""));
		if (!StringUtils.hasText(name)) {
			return "unnamed";
		}
		return name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH));
	}

}
