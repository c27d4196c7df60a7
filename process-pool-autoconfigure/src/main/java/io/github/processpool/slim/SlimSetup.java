package io.github.processpool.slim;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

import io.github.processpool.engine.RuntimeSetup;
import io.github.processpool.worker.context.ContextReport;
import io.github.processpool.worker.context.ContextSettings;
import io.github.processpool.worker.context.ContextSlice;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the workers of a pool leave out what they do not need, until that turns out to be
 * wrong: from then on they have the whole context. Safe for use by many threads.
 */
public final class SlimSetup implements RuntimeSetup {

	private static final Logger logger = LoggerFactory.getLogger(SlimSetup.class);

	private static final int NAMES_SHOWN = 5;

	private final String pool;

	private final Supplier<ContextSettings> settings;

	private final Supplier<SlimPlan> planner;

	private final ReportCheck check;

	// Guarded by this

	private @Nullable SlimPlan plan;

	private @Nullable String told;

	/**
	 * Creates a setup.
	 * @param pool name of the pool
	 * @param settings makes the settings of a whole context; called for each worker
	 * @param planner finds out what is not needed; called until it has settled
	 * @param check compares reports of workers with the application
	 */
	public SlimSetup(String pool, Supplier<ContextSettings> settings, Supplier<SlimPlan> planner, ReportCheck check) {
		this.pool = pool;
		this.settings = settings;
		this.planner = planner;
		this.check = check;
	}

	@Override
	public Launch prepare() {
		ContextSettings whole = this.settings.get();
		SlimPlan current = plan();
		return current.slice().isWhole() ? whole(whole) : new Slim(whole, current);
	}

	private static Launch whole(ContextSettings settings) {
		byte[] bytes = settings.encode();
		return () -> bytes;
	}

	private synchronized SlimPlan plan() {
		SlimPlan current = this.plan;
		if (current == null) {
			current = makePlan();
			if (current.reason() != null) {
				tell("pool {}: workers have the whole context, because {}", current.reason());
			}
			if (current.settled()) {
				this.plan = current;
			}
		}
		return current;
	}

	private SlimPlan makePlan() {
		try {
			return this.planner.get();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("pool {}: no plan", this.pool, ex);
			return SlimPlan.whole(0, "what they need cannot be told: " + ex, true);
		}
	}

	private synchronized void giveUp(String reason) {
		this.plan = SlimPlan.whole(0, null, true);
		logger.warn("pool {}: workers get the whole context, because without a part of it {}", this.pool, reason);
	}

	private synchronized void tell(String text, Object... arguments) {
		String line = text + List.of(arguments);
		if (!line.equals(this.told)) {
			this.told = line;
			logger.info(text, this.pool, arguments[0]);
		}
	}

	/**
	 * A worker that leaves something out.
	 */
	private final class Slim implements Launch {

		private final ContextSettings whole;

		private final SlimPlan plan;

		private volatile int definitions;

		Slim(ContextSettings whole, SlimPlan plan) {
			this.whole = whole;
			this.plan = plan;
		}

		@Override
		public byte[] settings() {
			return this.whole.withSlice(this.plan.slice()).encode();
		}

		@Override
		public String profile() {
			return "without " + this.plan.slice().excluded() + " for " + this.plan.slice().beans().keySet();
		}

		@Override
		public @Nullable Objection objection(byte[] report) {
			try {
				ContextReport decoded = ContextReport.decode(report);
				this.definitions = decoded.definitions();
				return SlimSetup.this.check.objection(this.plan.slice(), decoded);
			}
			catch (IOException ex) {
				return new Objection("the report of a worker is broken: " + ex.getMessage(), false);
			}
		}

		@Override
		public Launch instead(String reason) {
			giveUp(reason);
			return SlimSetup.whole(this.whole);
		}

		@Override
		public void ready() {
			tell("pool {}: workers define {}", describe(this.plan, this.definitions));
		}

		private static String describe(SlimPlan plan, int definitions) {
			ContextSlice slice = plan.slice();
			List<String> names = slice.excluded()
				.stream()
				.limit(NAMES_SHOWN)
				.map((name) -> name.substring(name.lastIndexOf('.') + 1))
				.toList();
			return definitions + " of " + plan.definitions() + " bean definitions; left out: "
					+ String.join(", ", names) + ((slice.excluded().size() > NAMES_SHOWN) ? ", \u2026" : "") + " ("
					+ slice.excluded().size() + " auto-configurations)";
		}

	}

}
