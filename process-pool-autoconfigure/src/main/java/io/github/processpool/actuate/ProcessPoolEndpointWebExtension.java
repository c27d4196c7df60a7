package io.github.processpool.actuate;

import java.util.Set;

import io.github.processpool.ProcessPoolException;
import io.github.processpool.actuate.ProcessPoolEndpoint.Inspection;
import io.github.processpool.actuate.ProcessPoolEndpoint.PoolsDescriptor;
import io.github.processpool.actuate.ProcessPoolEndpoint.SizesDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * What the endpoint is on the web: status codes, values shown to some users only, and the
 * live page for whoever asks for HTML.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = ProcessPoolEndpoint.class)
public final class ProcessPoolEndpointWebExtension {

	private static final MimeType TEXT = MimeType.valueOf("text/plain;charset=UTF-8");

	private final ProcessPoolEndpoint endpoint;

	private final LivePage page;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Creates an extension.
	 * @param endpoint the endpoint
	 * @param path last segment of the endpoint's path, to which the page's links are
	 * relative
	 * @param showValues when values of JVM arguments and environment variables are shown
	 * @param roles roles of users who see them, if not all do
	 */
	public ProcessPoolEndpointWebExtension(ProcessPoolEndpoint endpoint, String path, Show showValues,
			Set<String> roles) {
		this.endpoint = endpoint;
		this.page = new LivePage(path);
		this.showValues = showValues;
		this.roles = Set.copyOf(roles);
	}

	/**
	 * The live page.
	 * @return a page that fetches everything else from this endpoint
	 */
	@ReadOperation(produces = MimeTypeUtils.TEXT_HTML_VALUE)
	public WebEndpointResponse<String> page() {
		return this.page.html();
	}

	/**
	 * All pools.
	 * @param securityContext who asks
	 * @param history seconds of recent activity to tell of, 300 at most; none if missing
	 * @return a moment's view
	 */
	@ReadOperation
	public PoolsDescriptor pools(SecurityContext securityContext, @Nullable Integer history) {
		return this.endpoint.pools(seconds(history), showValues(securityContext));
	}

	/**
	 * One pool, or a part of the live page.
	 * @param securityContext who asks
	 * @param pool name of the pool, or of a file of the page
	 * @param history seconds of recent activity to tell of, 300 at most; none if missing
	 * @return a moment's view; 404 if there is no such pool
	 */
	@ReadOperation
	public WebEndpointResponse<?> pool(SecurityContext securityContext, @Selector String pool,
			@Nullable Integer history) {
		WebEndpointResponse<String> file = this.page.file(pool);
		return (file != null) ? file
				: orNotFound(this.endpoint.pool(pool, seconds(history), showValues(securityContext)));
	}

	/**
	 * Changes the number of workers of a pool.
	 * @param pool name of the pool
	 * @param coreSize workers kept
	 * @param maxSize workers at most
	 * @return the sizes from now on; 404 if there is no such pool
	 */
	@WriteOperation
	public WebEndpointResponse<SizesDescriptor> resize(@Selector String pool, int coreSize, int maxSize) {
		return orNotFound(this.endpoint.resize(pool, coreSize, maxSize));
	}

	/**
	 * Retires a worker when its task has ended.
	 * @param pool name of the pool
	 * @param worker number of the worker in that pool
	 * @return 204, or 404 if there is no such worker that is ready and not ending already
	 */
	@DeleteOperation
	public WebEndpointResponse<Void> retire(@Selector String pool, @Selector int worker) {
		return new WebEndpointResponse<>(this.endpoint.retire(pool, worker) ? WebEndpointResponse.STATUS_NO_CONTENT
				: WebEndpointResponse.STATUS_NOT_FOUND);
	}

	/**
	 * Looks into a worker.
	 * @param pool name of the pool
	 * @param worker number of the worker in that pool
	 * @param inspection what to look at
	 * @return a text; 404 if there is no such worker, 503 if it does not answer
	 */
	@WriteOperation
	public WebEndpointResponse<String> inspect(@Selector String pool, @Selector int worker,
			@Selector Inspection inspection) {
		try {
			String text = this.endpoint.inspect(pool, worker, inspection);
			return (text != null) ? new WebEndpointResponse<>(text, TEXT) : orNotFound(null);
		}
		catch (ProcessPoolException ex) {
			return new WebEndpointResponse<>(String.valueOf(ex.getMessage()),
					WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE, TEXT);
		}
	}

	private boolean showValues(SecurityContext securityContext) {
		return this.showValues.isShown(securityContext, this.roles);
	}

	private static int seconds(@Nullable Integer history) {
		return (history != null) ? Math.max(0, Math.min(history, Lane.SECONDS)) : 0;
	}

	private static <T> WebEndpointResponse<T> orNotFound(@Nullable T body) {
		return (body != null) ? new WebEndpointResponse<>(body)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
