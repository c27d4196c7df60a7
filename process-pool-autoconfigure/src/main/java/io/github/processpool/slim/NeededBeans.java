package io.github.processpool.slim;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.aopalliance.aop.Advice;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationEventPublisherAware;
import org.springframework.util.ClassUtils;

/**
 * The closure of the beans that a worker may make: whatever they are given, now or when
 * they ask for it. It rather has a bean too many than one too few. Confined to one
 * thread.
 */
final class NeededBeans {

	/** In a worker its beans ask for nothing: pools run tasks in place there. */
	private static final String OURS = "io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration";

	private static final int LONGEST_WAY = 20;

	private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][\\w$.-]*");

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
		this.current = "";
		names.forEach((name) -> need(name, true));
		while (!this.queue.isEmpty()) {
			String name = this.queue.remove();
			this.current = name;
			this.conditions.of(name).forEach((other) -> need(other, false));
			if (Boolean.TRUE.equals(this.needed.get(name)) && !OURS.equals(this.origins.of(name))) {
				try {
					follow(name);
				}
				catch (LinkageError ex) {
					this.obstacle = "bean '" + name + "' cannot be looked into: " + ex;
				}
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

	private void needType(Class<?> type) {
		if (this.givenTypes.add(type)) {
			this.beans.ofType(type).forEach((name) -> need(name, true));
		}
	}

	private void needType(String name) {
		Class<?> type = this.beans.find(name);
		if (type != null) {
			needType(type);
		}
	}

	private void follow(String name) {
		for (String dependency : this.beans.factory().getDependenciesForBean(name)) {
			need(dependency, true);
		}
		BeanDefinition definition = this.beans.definition(name);
		addReferences(definition);
		boolean constructed = definition.getFactoryMethodName() == null;
		if (constructed && definition instanceof AbstractBeanDefinition supplier
				&& supplier.getInstanceSupplier() != null
				&& this.beans.types(name).stream().noneMatch(TrustedTypes::areMadeBySpring)) {
			this.obstacle = "bean '" + name + "' is made by a supplier that may look up any other bean";
		}
		for (Class<?> type : this.beans.types(name)) {
			addClass(ClassUtils.getUserClass(type), constructed, name);
			HiddenLookups.of(type).forEach(this::needType);
		}
		if (!constructed) {
			for (Method method : FactoryMethods.of(definition, this.beans)) {
				InjectionPoints points = new InjectionPoints();
				points.addParameters(method, method.getDeclaringClass());
				addPoints(points, method.getDeclaringClass(), name);
			}
		}
		if (this.beans.made(name) instanceof Advised advised) {
			for (Advisor advisor : advised.getAdvisors()) {
				Class<?> advice = advisor.getAdvice().getClass();
				HiddenLookups.of(advice).forEach(this::needType);
				this.publishes |= isPublisher(advice);
			}
		}
	}

	private void addReferences(BeanDefinition definition) {
		BeanReferences references = new BeanReferences(definition);
		references.names().forEach((other) -> need(other, true));
		references.types().forEach(this::needType);
		for (BeanDefinition nested : references.nested()) {
			Class<?> type = (nested.getBeanClassName() != null) ? this.beans.find(nested.getBeanClassName()) : null;
			if (type != null) {
				addClass(type, true, type.getName());
			}
		}
	}

	private void addClass(Class<?> type, boolean constructed, String bean) {
		InjectionPoints points = new InjectionPoints();
		points.addClass(type, constructed);
		addPoints(points, type, bean);
		// An advice does so only around the beans that have it
		this.publishes |= isPublisher(type) && !Advice.class.isAssignableFrom(type);
		if (!TrustedTypes.contains(type) && (BeanFactoryAware.class.isAssignableFrom(type)
				|| ApplicationContextAware.class.isAssignableFrom(type))) {
			this.obstacle = "bean '" + bean + "' may look up any other bean";
		}
	}

	private static boolean isPublisher(Class<?> type) {
		return ApplicationEventPublisherAware.class.isAssignableFrom(type);
	}

	private void addPoints(InjectionPoints points, Class<?> owner, String bean) {
		if (points.areUnlimited() && !TrustedTypes.contains(owner)) {
			this.obstacle = "bean '" + bean + "' may look up any other bean";
		}
		for (Class<?> type : points.types()) {
			this.publishes |= type == ApplicationEventPublisher.class;
			if (type != Object.class && !BeanFactory.class.isAssignableFrom(type)) {
				needType(type);
			}
		}
		for (String expression : points.expressions()) {
			addExpression(expression);
		}
		if (points.usesPersistence()) {
			needType("jakarta.persistence.EntityManagerFactory");
		}
	}

	private void addExpression(String expression) {
		Matcher identifiers = IDENTIFIER.matcher(expression);
		while (identifiers.find()) {
			String path = identifiers.group();
			need(path, true);
			int dot = path.indexOf('.');
			if (dot > 0) {
				need(path.substring(0, dot), true);
			}
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
