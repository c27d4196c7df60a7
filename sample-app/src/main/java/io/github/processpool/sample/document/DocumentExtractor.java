package io.github.processpool.sample.document;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.github.processpool.DeferToProcess;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;

import org.springframework.stereotype.Service;

/**
 * Reads documents that nobody has vouched for, and so reads them in a worker.
 */
@Service
class DocumentExtractor {

	private final DocumentRepository repository;

	private final DocumentStore store;

	private final DocumentProperties properties;

	DocumentExtractor(DocumentRepository repository, DocumentStore store, DocumentProperties properties) {
		this.repository = repository;
		this.store = store;
		this.properties = properties;
	}

	/**
	 * Extracts the text of a stored document and draws its thumbnails.
	 * @param id key of the document
	 * @return what was found; fails with an {@link IOException} if it is no readable PDF
	 */
	@DeferToProcess
	public CompletableFuture<Extraction> extract(UUID id) {
		long pid = ProcessHandle.current().pid();
		this.repository.started(id, pid);
		try (PDDocument pdf = Loader.loadPDF(this.store.document(id).toFile())) {
			String text = text(pdf);
			int thumbnails = drawThumbnails(id, pdf);
			return CompletableFuture.completedFuture(new Extraction(pid, pdf.getNumberOfPages(), thumbnails, text));
		}
		catch (IOException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private String text(PDDocument pdf) throws IOException {
		String text = new PDFTextStripper().getText(pdf).strip();
		return text.substring(0, Math.min(text.length(), this.properties.maxTextLength()));
	}

	private int drawThumbnails(UUID id, PDDocument pdf) throws IOException {
		PDFRenderer renderer = new PDFRenderer(pdf);
		int count = Math.min(pdf.getNumberOfPages(), this.properties.maxThumbnails());
		for (int page = 1; page <= count; page++) {
			PDRectangle box = pdf.getPage(page - 1).getCropBox();
			float scale = this.properties.thumbnailSize() / Math.max(box.getWidth(), box.getHeight());
			BufferedImage image = renderer.renderImage(page - 1, scale, ImageType.RGB);
			this.store.saveThumbnail(id, page, image);
		}
		return count;
	}

}
