package io.github.processpool.actuate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskOptions;
import io.github.processpool.engine.Deeds;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The live page in a real browser. Skipped where there is none.
 */
@Timeout(180)
class LivePageIntegrationTests {

	private static final Path PICTURES = Path.of("target", "live-page");

	private static EndpointApplication application;

	private static Browser browser;

	@TempDir
	private Path directory;

	@BeforeAll
	static void start() throws Exception {
		Optional<Path> command = Browser.find();
		if (command.isEmpty()) {
			System.out.println("The live page is not tested: there is no chromium on the PATH");
		}
		Assumptions.assumeTrue(command.isPresent(), "there is no chromium on the PATH");
		application = EndpointApplication.start("server.servlet.context-path=/shop",
				"management.endpoints.web.base-path=/manage");
		browser = Browser.start(command.get());
	}

	@AfterAll
	static void stop() throws Exception {
		if (browser != null) {
			browser.close();
		}
		if (application != null) {
			application.close();
		}
	}

	@Test
	void pageShouldShowWorkAsItHappens() throws Exception {
		Path release = this.directory.resolve("release");
		ProcessPool pool = application.pool("reports");
		browser.look(1280, 900, false);
		browser.open(application.url("/shop/manage/processpool"));
		awaitText("Live", "default", "reports", "No worker was needed yet",
				String.valueOf(ProcessHandle.current().pid()));
		browser.picture(PICTURES.resolve("idle.png"), 1280, false);

		CompletableFuture<String> task = pool.submit(Deeds.waitFor(release),
				TaskOptions.defaults().withDescription("<b>year's end</b>"));
		awaitText("Worker 1", "busy", "<b>year's end</b>");
		assertThat(browser.evaluate("String(document.querySelectorAll('.lane').length)")).isEqualTo("1");
		awaitText("Heap");
		awaitDrawn();
		browser.picture(PICTURES.resolve("busy.png"), 1280, false);

		Files.createFile(release);
		task.get(20, TimeUnit.SECONDS);
		awaitText("waits for a task", "1 task");

		assertThat(pool.submit(Deeds.halt(7))).failsWithin(Duration.ofSeconds(20));
		awaitText("Pool reports lost worker 1: crashed while it ran Deeds.lambda", "code 7");
		assertThat(browser.evaluate("document.getElementById('alerts').getAttribute('aria-live')")).isEqualTo("polite");
		browser.picture(PICTURES.resolve("crash.png"), 1280, false);
		browser.picture(PICTURES.resolve("crash-dark.png"), 1280, true);
		assertThat(browser.complaints()).isEmpty();
	}

	@Test
	void pageShouldFitAPhone() throws Exception {
		application.pool("default").submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
		browser.look(390, 800, false);
		browser.open(application.url("/shop/manage/processpool"));
		awaitText("Live", "Worker 1");
		browser.evaluate("document.querySelectorAll('details').forEach((details) => details.open = true)");
		awaitText("Deeds.lambda", "worker.jvm-args");
		assertThat(Integer.parseInt(browser.evaluate("String(document.documentElement.scrollWidth)")))
			.isLessThanOrEqualTo(390);
		browser.picture(PICTURES.resolve("narrow.png"), 390, false);
	}

	@Test
	void pageShouldStayReadableUnderLoad() throws Exception {
		Path release = this.directory.resolve("release");
		try (EndpointApplication busy = EndpointApplication.start("process-pool.max-size=4", "process-pool.core-size=2",
				"process-pool.pools.reports.max-size=2",
				"process-pool.pools.thumbnails-of-scanned-documents.max-size=3",
				"process-pool.pools.thumbnails-of-scanned-documents.queue-capacity=4")) {
			ProcessPool pool = busy.pool("default");
			ProcessPool other = busy.pool("thumbnails-of-scanned-documents");
			List<CompletableFuture<?>> tasks = new ArrayList<>();
			for (int i = 0; i < 6; i++) {
				tasks.add(
						pool.submit(new MonthlyStatementReconciliationAndArchivingOfDocumentsTask(release.toString())));
			}
			for (int i = 0; i < 9; i++) {
				tasks.add(other.submit(Deeds.waitFor(release), TaskOptions.defaults()
					.withDescription(
							"thumbnail of /var/spool/scans/2026/11/a-very-long-name-without-a-blank-" + i + ".tiff")));
			}
			tasks.add(busy.pool("reports").submit(Deeds.halt(7)));
			browser.look(1280, 900, false);
			browser.open(busy.url("/actuator/processpool"));
			awaitText("Live", "4 busy", "3 busy", "crashed",
					"MonthlyStatementReconciliationAndArchivingOfDocumentsTask.call", "-without-a-blank-");
			awaitDrawn();
			for (int width : new int[] { 1280, 800, 360 }) {
				browser.picture(PICTURES.resolve("load-" + width + ".png"), width, false);
				assertThat(Integer.parseInt(browser.evaluate("String(document.documentElement.scrollWidth)")))
					.as("width of the page in a window of %d", width)
					.isLessThanOrEqualTo(width);
				assertThat(browser.evaluate(CONTRASTS)).isEmpty();
			}
			browser.picture(PICTURES.resolve("load-dark.png"), 1280, true);
			Files.createFile(release);
			browser.look(1280, 900, false);
		}
	}

	@Test
	void nothingShouldMoveForThoseWhoDoNotWantIt() throws Exception {
		browser.look(1280, 900, false);
		browser.open(application.url("/shop/manage/processpool"));
		awaitText("Live");
		assertThat(browser.evaluate("String(document.getAnimations().length)")).isNotEqualTo("0");
		browser.still();
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(browser.evaluate("String(document.getAnimations().length)")).isEqualTo("0"));
		awaitText("Live");
	}

	@Test
	void pageShouldSayWhenItIsDisconnectedAndComeBack() throws Exception {
		browser.open(application.url("/shop/manage/processpool"));
		awaitText("Live");
		browser.evaluate("window.kept = window.fetch; window.fetch = () => Promise.reject(new Error('gone'))");
		awaitText("Disconnected, next attempt in", "The application does not answer");
		browser.evaluate("window.fetch = window.kept");
		awaitText("Live", "Connected again");
	}

	@Test
	void textShouldBeReadableInBothSchemes() throws Exception {
		application.pool("default").submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
		for (boolean dark : new boolean[] { false, true }) {
			browser.look(1280, 900, dark);
			browser.open(application.url("/shop/manage/processpool"));
			awaitText("Live", "Worker 1");
			assertThat(browser.evaluate(CONTRASTS)).as(dark ? "dark" : "light").isEmpty();
		}
	}

	@Test
	void everyPictureAndTableShouldHaveAName() throws Exception {
		browser.open(application.url("/shop/manage/processpool"));
		awaitText("Live");
		assertThat(browser.evaluate("String([...document.querySelectorAll('main canvas')].filter((canvas) => "
				+ "!canvas.getAttribute('aria-label')).length)"))
			.isEqualTo("0");
		assertThat(browser.evaluate("String([...document.querySelectorAll('main table')].filter((table) => "
				+ "!table.caption.textContent.includes('pool ')).length)"))
			.isEqualTo("0");
		assertThat(browser.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map((heading) => "
				+ "heading.localName).join(' ').replaceAll('h2 h4', '')"))
			.startsWith("h1 h2 h3")
			.doesNotContain("h1 h3", "h2 h4");
	}

	private void awaitText(String... texts) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(25))
			.untilAsserted(() -> assertThat(browser.text()).contains(texts));
	}

	/**
	 * Waits until a strip has the colour of work in it.
	 */
	private void awaitDrawn() {
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(browser.evaluate("""
				(() => {
					const canvas = document.querySelector(".lane canvas");
					const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
					let drawn = 0;
					for (let i = 0; i < data.length; i += 4) {
						drawn += data[i] < 60 && data[i + 1] > 120 && data[i + 3] === 255 ? 1 : 0;
					}
					return drawn > 20 ? "drawn" : "";
				})()""")).isEqualTo("drawn"));
	}

	/**
	 * A task of a class with a long name.
	 */
	private record MonthlyStatementReconciliationAndArchivingOfDocumentsTask(
			String release) implements ProcessTask<Boolean> {

		@Override
		public Boolean call() throws Exception {
			while (!Files.exists(Path.of(this.release))) {
				LockSupport.parkNanos(20_000_000);
			}
			return true;
		}

	}

	/** Texts whose contrast to what is behind them is less than 4.5. */
	private static final String CONTRASTS = """
			(() => {
				const parse = (colour) => {
					const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
					canvas.fillStyle = colour;
					canvas.fillRect(0, 0, 1, 1);
					return [...canvas.getImageData(0, 0, 1, 1).data];
				};
				const luminance = ([r, g, b]) => [r, g, b].map((value) => value / 255)
					.map((value) => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
					.reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
				const behind = (element) => {
					for (let each = element; each; each = each.parentElement) {
						const colour = parse(getComputedStyle(each).backgroundColor);
						if (colour[3] > 0) {
							return colour;
						}
					}
					return [255, 255, 255];
				};
				const bad = [];
				const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
				while (walker.nextNode()) {
					const element = walker.currentNode.parentElement;
					if (!walker.currentNode.data.trim() || !element.checkVisibility()) {
						continue;
					}
					const both = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))];
					const contrast = (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
					if (contrast < 4.5) {
						bad.push(`${walker.currentNode.data.trim()} ${contrast.toFixed(2)}`);
					}
				}
				return bad.join(", ");
			})()""";

}
