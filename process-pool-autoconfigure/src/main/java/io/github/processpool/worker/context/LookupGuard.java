package io.github.processpool.worker.context;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.github.processpool.ProcessPoolException;
import io.github.processpool.protocol.SettingNames;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Watches for requests for a bean that this worker has left out. Most would not fail: an
 * optional bean would be missing, a list would be shorter, a default would be used.
 * Before the first task such a request is noted, and the worker never gets a task;
 * afterwards it is refused. Thread-safe.
 */
final class LookupGuard {

	private final AbsentBeans absent;

	private final AtomicReference<@Nullable String> noted = new AtomicReference<>();

	private volatile State state = State.OFF;

	LookupGuard(AbsentBeans absent) {
		this.absent = absent;
	}

	/**
	 * Begins to note requests. Until then conditions ask.
	 */
	void watch() {
		this.state = State.NOTING;
	}

	/**
	 * Begins to refuse requests.
	 */
	void refuse() {
		this.state = State.REFUSING;
	}

	/**
	 * Stops.
	 */
	void stop() {
		this.state = State.OFF;
	}

	/**
	 * What has been asked for first.
	 */
	Optional<String> noted() {
		return Optional.ofNullable(this.noted.get());
	}

	void onName(String name) {
		if (this.state != State.OFF) {
			report("bean '" + name + "'", this.absent.names().get(name));
		}
	}

	void onType(@Nullable Class<?> type) {
		if (this.state != State.OFF && type != null) {
			report("beans of type " + type.getName(), this.absent.types().get(type.getName()));
		}
	}

	void onType(@Nullable ResolvableType type) {
		if (this.state != State.OFF && type != null) {
			onType(type.resolve());
		}
	}

	private void report(String what, @Nullable String origin) {
		if (origin == null) {
			return;
		}
		if (this.state == State.NOTING) {
			this.noted.compareAndSet(null, what + " of " + origin);
			return;
		}
		throw new ProcessPoolException("A task asked for " + what + ", which this worker has left out because nothing "
				+ "was known to need them. Add '" + origin + "' to "
				+ SettingNames.ofThisWorker().of("worker.keep-auto-configurations")
				+ ", or give workers the whole context: set " + SettingNames.ofThisWorker().of("worker.slim")
				+ " to 'false'");
	}

	private enum State {

		OFF, NOTING, REFUSING

	}

}
