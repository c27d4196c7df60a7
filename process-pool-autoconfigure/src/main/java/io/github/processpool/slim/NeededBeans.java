package io.github.processpool.slim;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The closure of the beans that a worker may make: whatever they are given, now or when
 * they ask for it. It rather has a bean too many than one too few. Confined to one
 * thread.
 */
final class NeededBeans {

	/** In a worker its beans ask for nothing: pools run tasks in place there. */
	private static final String OURS = "io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration";

	private static final int LONGEST_WAY = 20;

	private final ContextBeans beans;

	private final BeanOrigins origins;

	private final BeanConditions conditions;

	/** Value {@code true} where the bean may be made, not only defined. */
	private final Map<String, Boolean> needed = new HashMap<>();

	/** By what each came in. */
	private final Map<String, String> because = new HashMap<>();

	private String current = "";

	private final Deque<String> queue = new ArrayDeque<>();

	private final Set<Class<?>> givenTypes = new LinkedHashSet<>();

	private boolean publishes;

	private @Nullable String obstacle;

	NeededBeans(ContextBeans beans, BeanOrigins origins, BeanConditions conditions) {
		this.beans = beans;
		this.origins = origins;
		this.conditions = conditions;
	}

	/**
	 * Adds beans that a worker makes, and all that follows.
	 * @param names their names
	 */
	void addMade(Collection<String> names) {
		add(names, true);
	}

	/**
	 * Adds beans that have to be defined, and all that follows.
	 * @param names their names
	 */
	void addDefined(Collection<String> names) {
		add(names, false);
	}

	private void add(Collection<String> names, boolean made) {
		this.current = "";
		names.forEach((name) -> need(name, made));
		while (!this.queue.isEmpty()) {
			String name = this.queue.remove();
			this.current = name;
			this.conditions.of(name).forEach((other) -> need(other, false));
			if (Boolean.TRUE.equals(this.needed.get(name)) && !OURS.equals(this.origins.of(name))) {
				follow(new BeanNeeds(this.beans, name));
			}
		}
	}

	private void need(String name, boolean made) {
		if (this.beans.contains(name)) {
			Boolean before = this.needed.get(name);
			if (before == null || (made && !before)) {
				this.needed.put(name, made);
				this.because.putIfAbsent(name, this.current);
				this.queue.add(name);
			}
		}
	}

	private void follow(BeanNeeds needs) {
		needs.names().forEach((other) -> need(other, true));
		for (Class<?> type : needs.types()) {
			if (this.givenTypes.add(type)) {
				this.beans.ofType(type).forEach((other) -> need(other, true));
			}
		}
		this.publishes |= needs.publishes();
		if (needs.obstacle() != null) {
			this.obstacle = needs.obstacle();
		}
	}

	/**
	 * Whether a bean has to be defined.
	 * @param name its name
	 * @return {@code false} if no worker needs it
	 */
	boolean contains(String name) {
		return this.needed.containsKey(name);
	}

	/**
	 * Tells for the sake of what a bean is needed.
	 * @param name its name
	 * @return the way from it to a bean that a worker makes in any case
	 */
	String explain(String name) {
		StringBuilder way = new StringBuilder("bean '" + name + "'");
		String next = this.because.getOrDefault(name, "");
		for (int i = 0; i < LONGEST_WAY && !next.isEmpty(); i++) {
			way.append(" for '").append(next).append('\'');
			next = this.because.getOrDefault(next, "");
		}
		return way.toString();
	}

	/**
	 * Whether a worker may make beans of a type.
	 * @param type name of the type
	 * @return {@code false} if it makes none
	 */
	boolean makes(String type) {
		return this.beans.ofType(type).stream().anyMatch((name) -> Boolean.TRUE.equals(this.needed.get(name)));
	}

	/**
	 * Whether a worker may publish events.
	 */
	boolean publishes() {
		return this.publishes;
	}

	/**
	 * Why the closure cannot be told.
	 * @return a reason, or {@code null} if it can
	 */
	@Nullable String obstacle() {
		return this.obstacle;
	}

}
