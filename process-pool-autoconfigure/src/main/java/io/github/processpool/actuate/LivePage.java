package io.github.processpool.actuate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeType;

/**
 * The live page. Its style and script are files of the same endpoint, not parts of the
 * page, so that it works under a content security policy without inline scripts. A dot
 * tells them from pools.
 */
final class LivePage {

	private static final MimeType HTML = MimeType.valueOf("text/html;charset=UTF-8");

	private static final Map<String, MimeType> FILES = Map.of("live.css", MimeType.valueOf("text/css;charset=UTF-8"),
			"live.js", MimeType.valueOf("text/javascript;charset=UTF-8"), "live.svg",
			MimeType.valueOf("image/svg+xml;charset=UTF-8"));

	private final String path;

	LivePage(String path) {
		this.path = path;
	}

	WebEndpointResponse<String> html() {
		return new WebEndpointResponse<>(read("live.html").replace("{path}", escape(this.path)), HTML);
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
	}

	/**
	 * A file of the page, or {@code null} if there is none of that name.
	 */
	@Nullable WebEndpointResponse<String> file(String name) {
		MimeType type = FILES.get(name);
		return (type != null) ? new WebEndpointResponse<>(read(name), type) : null;
	}

	private static String read(String name) {
		try (InputStream in = LivePage.class.getResourceAsStream(name)) {
			if (in == null) {
				throw new IllegalStateException("'" + name + "' is missing from the jar of process-pool");
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
