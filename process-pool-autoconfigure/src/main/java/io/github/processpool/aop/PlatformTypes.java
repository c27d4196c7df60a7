package io.github.processpool.aop;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Well-known types whose objects stand for something in this JVM, a connection or a
 * stream or a thread, and so can never be sent to another one. They are known by name
 * because most of them need not be on the class path.
 */
final class PlatformTypes {

	private static final String VALUES = "Pass the values that the method needs instead.";

	private static final String CONTENT = "Pass the content as byte[] or String, or the path of a file.";

	private static final String INJECT = "Inject it into the bean: in a worker, the bean has the worker's own.";

	private static final String COLLECT = "Collect the elements into a List.";

	private static final Map<String, String> REMEDIES = remedies();

	private PlatformTypes() {
	}

	private static Map<String, String> remedies() {
		Map<String, String> remedies = new LinkedHashMap<>();
		for (String name : Set.of("jakarta.servlet.ServletRequest", "jakarta.servlet.ServletResponse",
				"jakarta.servlet.ServletContext", "jakarta.servlet.http.HttpSession",
				"org.springframework.web.context.request.RequestAttributes",
				"org.springframework.web.server.ServerWebExchange", "org.springframework.http.HttpMessage",
				"org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter",
				"org.springframework.ui.Model", "java.net.Socket", "java.net.ServerSocket", "java.lang.Process",
				"java.lang.Thread", "java.lang.ThreadGroup", "java.lang.ThreadLocal", "java.lang.ClassLoader",
				"java.util.concurrent.locks.Lock")) {
			remedies.put(name, VALUES);
		}
		for (String name : Set.of("org.springframework.web.multipart.MultipartFile", "jakarta.servlet.http.Part",
				"org.springframework.core.io.InputStreamSource", "java.io.InputStream", "java.io.OutputStream",
				"java.io.Reader", "java.io.Writer", "java.io.RandomAccessFile", "java.nio.channels.Channel",
				"org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody")) {
			remedies.put(name, CONTENT);
		}
		for (String name : Set.of("java.sql.Connection", "java.sql.Statement", "java.sql.ResultSet",
				"javax.sql.DataSource", "jakarta.persistence.EntityManager", "jakarta.persistence.EntityManagerFactory",
				"java.util.concurrent.ExecutorService", "org.springframework.beans.factory.BeanFactory",
				"org.springframework.beans.factory.ObjectProvider",
				"org.springframework.context.ApplicationEventPublisher", "org.springframework.core.env.Environment")) {
			remedies.put(name, INJECT);
		}
		remedies.put("java.util.stream.BaseStream", COLLECT);
		remedies.put("org.reactivestreams.Publisher",
				"Reactive types are not streamed yet: use CompletableFuture<T>, or a List for several elements.");
		remedies.put("java.util.concurrent.Flow$Publisher", COLLECT);
		remedies.put("kotlin.coroutines.Continuation", "Suspending functions cannot be deferred: return "
				+ "CompletableFuture<T> and await it in the caller.");
		return remedies;
	}

	/**
	 * Looks for such a type.
	 * @param type type of a parameter or result; what it contains is looked at too
	 * @return the first finding, or {@code null} if the type is to be judged by its
	 * values
	 */
	static @Nullable Finding find(ResolvableType type) {
		if (type.isArray()) {
			return find(type.getComponentType());
		}
		Class<?> raw = type.resolve();
		if (raw == null || raw.isPrimitive()) {
			return null;
		}
		if (isContainer(raw)) {
			for (ResolvableType argument : type.getGenerics()) {
				Finding finding = find(argument);
				if (finding != null) {
					return finding;
				}
			}
		}
		String remedy = remedy(raw);
		if (remedy == null || !REMEDIES.containsKey(raw.getName()) && Serializable.class.isAssignableFrom(raw)) {
			return null;
		}
		return new Finding(raw, remedy);
	}

	/**
	 * A type argument says what is inside only where the type holds values; a
	 * {@code Supplier<InputStream>} may well cross.
	 */
	private static boolean isContainer(Class<?> raw) {
		return Iterable.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw)
				|| Future.class.isAssignableFrom(raw) || CompletionStage.class.isAssignableFrom(raw)
				|| raw == java.util.Optional.class;
	}

	private static @Nullable String remedy(@Nullable Class<?> type) {
		if (type == null) {
			return null;
		}
		String remedy = REMEDIES.get(type.getName());
		for (Class<?> parent : type.getInterfaces()) {
			remedy = (remedy != null) ? remedy : remedy(parent);
		}
		return (remedy != null) ? remedy : remedy(type.getSuperclass());
	}

	/**
	 * A type that cannot cross.
	 *
	 * @param type the type
	 * @param remedy what to do instead, a sentence
	 */
	record Finding(Class<?> type, String remedy) {

		String describe() {
			return this.type.getSimpleName() + " (" + this.type.getPackageName() + ")";
		}

	}

}
