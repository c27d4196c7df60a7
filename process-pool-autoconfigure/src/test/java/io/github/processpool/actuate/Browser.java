package io.github.processpool.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.FileSystemUtils;

/**
 * A real Chromium without a window, driven by its own protocol, which needs nothing but
 * the browser. Confined to one thread.
 */
final class Browser implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Path profile;

	private final Process process;

	private final WebSocket socket;

	private final AtomicInteger lastId = new AtomicInteger();

	private final Map<Integer, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();

	private final List<String> complaints = new CopyOnWriteArrayList<>();

	private Browser(Path profile, Process process) throws Exception {
		this.profile = profile;
		this.process = process;
		Path portFile = profile.resolve("DevToolsActivePort");
		Awaitility.await("browser")
			.atMost(LIMIT)
			.until(() -> Files.exists(portFile) && Files.readAllLines(portFile).size() == 2);
		HttpClient client = HttpClient.newHttpClient();
		URI targets = URI.create("http://127.0.0.1:" + Files.readAllLines(portFile).get(0) + "/json/list");
		String page = Awaitility.await("page").atMost(LIMIT).ignoreExceptions().until(() -> {
			String body = client
				.send(HttpRequest.newBuilder(targets).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString())
				.body();
			for (JsonNode target : JSON.readTree(body)) {
				if (target.path("type").asString("").equals("page")) {
					return target.path("webSocketDebuggerUrl").asString("");
				}
			}
			return "";
		}, (url) -> !url.isEmpty());
		this.socket = client.newWebSocketBuilder()
			.connectTimeout(LIMIT)
			.buildAsync(URI.create(page), new Listener())
			.get(30, TimeUnit.SECONDS);
		send("Runtime.enable", Map.of());
		send("Log.enable", Map.of());
		send("Page.enable", Map.of());
	}

	/**
	 * The browser's command, if this machine has one.
	 */
	static Optional<Path> find() {
		return Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
			.flatMap((name) -> Stream.of(System.getenv("PATH").split(":")).map((directory) -> Path.of(directory, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

	static Browser start(Path command) throws Exception {
		Path profile = Files.createTempDirectory("browser-");
		Process process = new ProcessBuilder(command.toString(), "--headless=new", "--no-sandbox", "--disable-gpu",
				"--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
				"--disable-component-update", "--hide-scrollbars", "--remote-debugging-port=0",
				"--user-data-dir=" + profile, "about:blank")
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			return new Browser(profile, process);
		}
		catch (Exception | Error ex) {
			end(process, profile);
			throw ex;
		}
	}

	/**
	 * Opens a page and waits until it is loaded.
	 */
	void open(String url) throws Exception {
		send("Page.navigate", Map.of("url", url));
		Awaitility.await("page").atMost(LIMIT).until(() -> evaluate("document.readyState").equals("complete"));
	}

	/**
	 * Shape of the window, and what the user prefers.
	 */
	void look(int width, int height, boolean dark) throws Exception {
		send("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
		send("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
	}

	/**
	 * Has the user prefer that nothing moves.
	 */
	void still() throws Exception {
		send("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
	}

	/**
	 * Runs a script.
	 * @return its value as text
	 */
	String evaluate(String script) throws Exception {
		JsonNode reply = send("Runtime.evaluate",
				Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
		if (reply.has("exceptionDetails")) {
			throw new IllegalStateException(script + ": " + reply.get("exceptionDetails"));
		}
		return reply.path("result").path("value").asString("");
	}

	/**
	 * What the page shows as text.
	 */
	String text() throws Exception {
		return evaluate("document.body.innerText");
	}

	/**
	 * Errors of the page: exceptions, files not found, policies violated.
	 */
	List<String> complaints() {
		return this.complaints;
	}

	/**
	 * Takes a picture of the page, all of it.
	 */
	void picture(Path file, int width, boolean dark) throws Exception {
		look(width, 900, dark);
		int height = Integer.parseInt(evaluate("String(document.documentElement.scrollHeight)"));
		look(width, height, dark);
		// Two frames later everything is drawn
		evaluate("new Promise((done) => setTimeout(done, 300))");
		JsonNode reply = send("Page.captureScreenshot", Map.of("format", "png"));
		Files.createDirectories(file.toAbsolutePath().getParent());
		Files.write(file, Base64.getDecoder().decode(reply.path("data").asString("")));
	}

	private JsonNode send(String method, Map<String, Object> parameters) throws Exception {
		int id = this.lastId.incrementAndGet();
		CompletableFuture<JsonNode> reply = new CompletableFuture<>();
		this.replies.put(id, reply);
		String message = JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
		this.socket.sendText(message, true).get(10, TimeUnit.SECONDS);
		JsonNode answer = reply.get(30, TimeUnit.SECONDS);
		if (answer.has("error")) {
			throw new IOException(method + ": " + answer.get("error"));
		}
		return answer.path("result");
	}

	@Override
	public void close() throws IOException {
		this.socket.abort();
		end(this.process, this.profile);
	}

	private static void end(Process process, Path profile) throws IOException {
		List<ProcessHandle> family = process.descendants().toList();
		process.destroyForcibly();
		family.forEach(ProcessHandle::destroyForcibly);
		Awaitility.await("end of the browser")
			.atMost(LIMIT)
			.until(() -> !process.isAlive() && family.stream().noneMatch(ProcessHandle::isAlive));
		FileSystemUtils.deleteRecursively(profile);
	}

	/**
	 * Puts messages together and finds out whom they are for.
	 */
	private final class Listener implements WebSocket.Listener {

		private final StringBuilder message = new StringBuilder();

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.message.append(data);
			if (last) {
				JsonNode received = JSON.readTree(this.message.toString());
				this.message.setLength(0);
				handle(received);
			}
			socket.request(1);
			return CompletableFuture.completedFuture(null);
		}

		private void handle(JsonNode received) {
			CompletableFuture<JsonNode> reply = Browser.this.replies.remove(received.path("id").asInt(0));
			if (reply != null) {
				reply.complete(received);
				return;
			}
			String method = received.path("method").asString("");
			if (method.equals("Runtime.exceptionThrown") || (method.equals("Log.entryAdded")
					&& received.at("/params/entry/level").asString("").equals("error"))) {
				Browser.this.complaints.add(received.path("params").toString());
			}
		}

	}

}
