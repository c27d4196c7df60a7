package io.github.processpool.benchmarks.calls;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.rendering.PDFRenderer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real work, always the same: draws a page, reads and writes JSON, and hashes.
 */
public final class FixedWork {

	private static final JsonMapper json = new JsonMapper();

	private static final byte[] pdf = pdf();

	private static final byte[] document = json.writeValueAsBytes(Item.list(5000));

	private FixedWork() {
	}

	/**
	 * Does it once.
	 * @return a hash over all that was made
	 */
	public static int run() {
		int hash = 0;
		try (PDDocument loaded = Loader.loadPDF(pdf)) {
			BufferedImage image = new PDFRenderer(loaded).renderImageWithDPI(0, 100);
			hash = image.getRGB(image.getWidth() / 2, image.getHeight() / 2);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		byte[] written = document;
		for (int i = 0; i < 5; i++) {
			written = json.writeValueAsBytes(json.readValue(written, Item[].class));
		}
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (int i = 0; i < 20; i++) {
				digest.update(written);
			}
			return 31 * hash + Arrays.hashCode(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] pdf() {
		try (PDDocument made = new PDDocument()) {
			PDPage page = new PDPage();
			made.addPage(page);
			try (PDPageContentStream content = new PDPageContentStream(made, page)) {
				for (int line = 0; line < 60; line++) {
					content.beginText();
					content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 9);
					content.newLineAtOffset(40, 760 - line * 12);
					content.showText(
							"Line " + line + " of a page that is neither empty nor full of marvels, as pages are.");
					content.endText();
				}
				for (int x : List.of(50, 150, 250, 350, 450)) {
					content.addRect(x, 100, 60, 300);
					content.curveTo(x, 100, x + 30, 400, x + 60, 100);
					content.stroke();
				}
			}
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			made.save(out);
			return out.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
