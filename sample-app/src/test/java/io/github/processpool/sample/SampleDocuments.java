package io.github.processpool.sample;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/**
 * Made the documents in {@code src/main/resources/static/samples}. The argument is the
 * directory to write to.
 */
final class SampleDocuments {

	private static final Color INK = new Color(0x1f2937);

	private static final Color ACCENT = new Color(0x0f766e);

	private static final Color PALE = new Color(0xccfbf1);

	private static final PDFont REGULAR = new PDType1Font(FontName.HELVETICA);

	private static final PDFont BOLD = new PDType1Font(FontName.HELVETICA_BOLD);

	private static final float LEFT = 64;

	private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * LEFT;

	private SampleDocuments() {
	}

	public static void main(String[] args) throws IOException {
		Path directory = Files.createDirectories(Path.of(args[0]));
		write(directory.resolve("invoice.pdf"), "Invoice 2026-0417", SampleDocuments::invoice);
		write(directory.resolve("letter.pdf"), "Letter", SampleDocuments::letter);
		write(directory.resolve("report.pdf"), "Report", SampleDocuments::report);
		write(directory.resolve("hostile.pdf"), "An image that claims to be enormous", SampleDocuments::enormousImage);
		write(directory.resolve("endless.pdf"), "A drawing that does not end", SampleDocuments::endlessDrawing);
	}

	private static void invoice(PDDocument document) throws IOException {
		try (PDPageContentStream page = page(document)) {
			heading(page, "Invoice 2026-0417");
			text(page, REGULAR, 11, 700, List.of("Harbour Paper Company, 12 Quay Street",
					"To: Lighthouse Books, 3 Cliff Road", "Date: 17 April 2026"));
			rectangle(page, PALE, LEFT, 612, WIDTH, 24);
			row(page, BOLD, 620, "Item", "Quantity", "Amount");
			row(page, REGULAR, 590, "Writing paper, 120 g", "40", "220.00");
			row(page, REGULAR, 566, "Envelopes, lined", "500", "85.50");
			row(page, REGULAR, 542, "Ink, blue-black", "12", "96.00");
			row(page, REGULAR, 518, "Blotting paper", "25", "31.25");
			rectangle(page, ACCENT, LEFT, 498, WIDTH, 1.5f);
			row(page, BOLD, 476, "Total", "", "432.75");
		}
		try (PDPageContentStream page = page(document)) {
			heading(page, "Terms");
			text(page, REGULAR, 11, 700,
					List.of("Payable within 30 days.", "Goods remain ours until they are paid for.",
							"Paper that arrives wet may be returned within a week."));
		}
	}

	private static void letter(PDDocument document) throws IOException {
		try (PDPageContentStream page = page(document)) {
			heading(page, "Harbour Paper Company");
			text(page, REGULAR, 12, 690,
					List.of("Dear reader,", "", "this letter was written to be read by a process of its own.",
							"If reading it had gone wrong, that process would have ended and",
							"nobody but this letter would have noticed.", "", "Yours faithfully,",
							"the keeper of the pool"));
		}
	}

	private static void report(PDDocument document) throws IOException {
		String[] quarters = { "First quarter", "Second quarter", "Third quarter" };
		float[][] values = { { 90, 140, 110, 170 }, { 150, 120, 190, 230 }, { 260, 210, 240, 280 } };
		for (int quarter = 0; quarter < quarters.length; quarter++) {
			try (PDPageContentStream page = page(document)) {
				heading(page, quarters[quarter]);
				text(page, REGULAR, 11, 700, List.of("Reams of paper sold, by region"));
				for (int bar = 0; bar < values[quarter].length; bar++) {
					float height = values[quarter][bar];
					rectangle(page, (bar % 2 == 0) ? ACCENT : PALE, LEFT + bar * 118, 360, 96, height);
					text(page, BOLD, 11, 366 + height, LEFT + bar * 118, List.of(String.valueOf((int) height)));
					text(page, REGULAR, 11, 340, LEFT + bar * 118,
							List.of(List.of("North", "East", "South", "West").get(bar)));
				}
			}
		}
	}

	private static void enormousImage(PDDocument document) throws IOException {
		byte[] onePixel = { 0x78, (byte) 0x9c, 0x63, 0x60, 0x60, 0x60, 0, 0, 0, 4, 0, 1 };
		PDImageXObject image = new PDImageXObject(document, new ByteArrayInputStream(onePixel), COSName.FLATE_DECODE,
				26_000, 26_000, 8, PDDeviceRGB.INSTANCE);
		try (PDPageContentStream page = page(document)) {
			heading(page, "Harmless at first sight");
			text(page, REGULAR, 11, 700, List.of("The image below says that it is 26000 x 26000 pixels."));
			page.drawImage(image, LEFT, 300, WIDTH, 360);
		}
	}

	private static void endlessDrawing(PDDocument document) throws IOException {
		PDFormXObject form = form(document, null);
		for (int level = 0; level < 12; level++) {
			form = form(document, form);
		}
		try (PDPageContentStream page = page(document)) {
			heading(page, "Ten times ten times ten");
			text(page, REGULAR, 11, 700, List.of("The drawing below has 12 levels, each of ten of the next."));
			page.drawForm(form);
		}
	}

	private static PDFormXObject form(PDDocument document, PDFormXObject inner) throws IOException {
		PDFormXObject form = new PDFormXObject(document);
		form.setBBox(new PDRectangle(PDRectangle.A4.getWidth(), PDRectangle.A4.getHeight()));
		String content = "64 400 120 120 re f";
		if (inner != null) {
			PDResources resources = new PDResources();
			resources.put(COSName.getPDFName("F"), inner);
			form.setResources(resources);
			content = "/F Do ".repeat(10);
		}
		try (var stream = form.getStream().createOutputStream(COSName.FLATE_DECODE)) {
			stream.write(content.getBytes());
		}
		return form;
	}

	private static void write(Path file, String title, Author author) throws IOException {
		try (PDDocument document = new PDDocument()) {
			PDDocumentInformation information = new PDDocumentInformation();
			information.setTitle(title);
			document.setDocumentInformation(information);
			// The same bytes each time
			document.setDocumentId(1L);
			author.write(document);
			document.save(file.toFile());
		}
	}

	private static PDPageContentStream page(PDDocument document) throws IOException {
		PDPage page = new PDPage(PDRectangle.A4);
		document.addPage(page);
		return new PDPageContentStream(document, page);
	}

	private static void heading(PDPageContentStream page, String text) throws IOException {
		rectangle(page, ACCENT, 0, PDRectangle.A4.getHeight() - 14, PDRectangle.A4.getWidth(), 14);
		text(page, BOLD, 22, 750, List.of(text));
	}

	private static void row(PDPageContentStream page, PDFont font, float y, String... cells) throws IOException {
		float[] columns = { LEFT + 8, LEFT + 280, LEFT + 390 };
		for (int i = 0; i < cells.length; i++) {
			text(page, font, 11, y, columns[i], List.of(cells[i]));
		}
	}

	private static void text(PDPageContentStream page, PDFont font, float size, float y, List<String> lines)
			throws IOException {
		text(page, font, size, y, LEFT, lines);
	}

	private static void text(PDPageContentStream page, PDFont font, float size, float y, float x, List<String> lines)
			throws IOException {
		page.beginText();
		page.setNonStrokingColor(INK);
		page.setFont(font, size);
		page.setLeading(size * 1.5f);
		page.newLineAtOffset(x, y);
		for (String line : lines) {
			page.showText(line);
			page.newLine();
		}
		page.endText();
	}

	private static void rectangle(PDPageContentStream page, Color color, float x, float y, float width, float height)
			throws IOException {
		page.setNonStrokingColor(color);
		page.addRect(x, y, width, height);
		page.fill();
	}

	/**
	 * Fills a document.
	 */
	private interface Author {

		void write(PDDocument document) throws IOException;

	}

}
