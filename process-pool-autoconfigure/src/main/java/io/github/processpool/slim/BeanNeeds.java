package io.github.processpool.slim;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
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
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationEventPublisherAware;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * What one bean is given, now or when it asks for it. It rather tells too much than too
 * little. Confined to one thread.
 */
final class BeanNeeds {

	/**
	 * Parts of Spring that look up only what their injection points and
	 * {@link HiddenLookups} tell.
	 */
	private static final Set<String> KNOWN_PARTS = Set.of("aop", "beans", "boot", "cache", "context", "core", "dao",
			"data", "expression", "format", "http", "jdbc", "jmx", "orm", "resilience", "retry", "scheduling",
			"security", "transaction", "util", "validation", "web");

	private static final String SPRING = "org.springframework.";

	private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][\\w$.-]*");

	private final ContextBeans beans;

	private final String bean;

	private final Set<String> names = new LinkedHashSet<>();

	private final Set<Class<?>> types = new LinkedHashSet<>();

	private boolean publishes;

	private @Nullable String obstacle;

	/**
	 * Looks into a bean.
	 * @param beans all beans
	 * @param bean name of the bean
	 */
	BeanNeeds(ContextBeans beans, String bean) {
		this.beans = beans;
		this.bean = bean;
		try {
			follow();
		}
		catch (LinkageError ex) {
			this.obstacle = "bean '" + bean + "' cannot be looked into: " + ex;
		}
	}

	private void follow() {
		this.names.addAll(List.of(this.beans.factory().getDependenciesForBean(this.bean)));
		BeanDefinition definition = this.beans.definition(this.bean);
		addReferences(definition);
		boolean constructed = definition.getFactoryMethodName() == null;
		if (constructed && definition instanceof AbstractBeanDefinition supplier
				&& supplier.getInstanceSupplier() != null
				&& this.beans.types(this.bean).stream().noneMatch(BeanNeeds::isMadeBySpring)) {
			this.obstacle = "bean '" + this.bean + "' is made by a supplier that may look up any other bean";
		}
		for (Class<?> type : this.beans.types(this.bean)) {
			addClass(ClassUtils.getUserClass(type), constructed);
			addHiddenLookups(HiddenLookups.of(type));
		}
		if (!constructed) {
			for (Method method : factoryMethods(definition)) {
				InjectionPoints points = new InjectionPoints();
				points.addParameters(method, method.getDeclaringClass());
				addPoints(points, method.getDeclaringClass());
			}
		}
		if (this.beans.made(this.bean) instanceof Advised advised) {
			for (Advisor advisor : advised.getAdvisors()) {
				Class<?> advice = advisor.getAdvice().getClass();
				addHiddenLookups(HiddenLookups.of(advice));
				this.publishes |= isPublisher(advice);
			}
		}
		else if (this.beans.made(this.bean) == null
				&& !this.beans.types(this.bean).stream().allMatch(BeanNeeds::isTrusted)) {
			addHiddenLookups(HiddenLookups.ofAnyAdvice());
		}
	}

	private void addHiddenLookups(List<String> looked) {
		for (String name : looked) {
			Class<?> type = this.beans.find(name);
			if (type != null) {
				this.types.add(type);
			}
		}
	}

	private void addReferences(BeanDefinition definition) {
		BeanReferences references = new BeanReferences(definition);
		for (String name : references.names()) {
			this.names.add(name);
			if (InjectionPoints.isExpression(name)) {
				addExpression(name);
			}
		}
		this.types.addAll(references.types());
		for (BeanDefinition nested : references.nested()) {
			Class<?> type = (nested.getBeanClassName() != null) ? this.beans.find(nested.getBeanClassName()) : null;
			if (type != null) {
				addClass(type, true);
			}
		}
	}

	private void addClass(Class<?> type, boolean constructed) {
		InjectionPoints points = new InjectionPoints();
		points.addClass(type, constructed);
		addPoints(points, type);
		// An advice does so only around the beans that have it
		this.publishes |= isPublisher(type) && !Advice.class.isAssignableFrom(type);
		if (!isTrusted(type) && (BeanFactoryAware.class.isAssignableFrom(type)
				|| ApplicationContextAware.class.isAssignableFrom(type)
				|| BeanFactoryPostProcessor.class.isAssignableFrom(type))) {
			mayLookUpAnything();
		}
	}

	private void mayLookUpAnything() {
		this.obstacle = "bean '" + this.bean + "' may look up any other bean";
	}

	/** Boot makes properties that are bound by a constructor. */
	private static boolean isMadeBySpring(Class<?> type) {
		return isTrusted(type) || MergedAnnotations.from(type).isPresent(ConfigurationProperties.class);
	}

	private static boolean isPublisher(Class<?> type) {
		return ApplicationEventPublisherAware.class.isAssignableFrom(type);
	}

	private void addPoints(InjectionPoints points, Class<?> owner) {
		if (points.areUnlimited() && !isTrusted(owner)) {
			mayLookUpAnything();
		}
		for (Class<?> type : points.types()) {
			this.publishes |= type == ApplicationEventPublisher.class;
			if (type != Object.class && !BeanFactory.class.isAssignableFrom(type)) {
				this.types.add(type);
			}
		}
		points.expressions().forEach(this::addExpression);
		if (points.usesPersistence()) {
			addHiddenLookups(List.of("jakarta.persistence.EntityManagerFactory"));
		}
	}

	private void addExpression(String expression) {
		addIdentifiers(expression);
		try {
			// A property may be an expression, or hold the name of a bean
			String resolved = this.beans.factory().resolveEmbeddedValue(expression);
			if (resolved != null && !resolved.equals(expression)) {
				addIdentifiers(resolved);
			}
		}
		catch (IllegalArgumentException ex) {
			// Nobody can use it as it is
		}
	}

	private void addIdentifiers(String expression) {
		Matcher identifiers = IDENTIFIER.matcher(expression);
		while (identifiers.find()) {
			String path = identifiers.group();
			this.names.add(path);
			int dot = path.indexOf('.');
			if (dot > 0) {
				this.names.add(path.substring(0, dot));
			}
		}
	}

	/** The code of others may look up beans of which nobody knows. */
	static boolean isTrusted(Class<?> type) {
		return Proxy.isProxyClass(type) || isKnownPart(type.getName()) || isOfThisLibrary(type);
	}

	private static boolean isKnownPart(String name) {
		int end = name.startsWith(SPRING) ? name.indexOf('.', SPRING.length()) : -1;
		return end > 0 && KNOWN_PARTS.contains(name.substring(SPRING.length(), end));
	}

	private static boolean isOfThisLibrary(Class<?> type) {
		CodeSource own = BeanNeeds.class.getProtectionDomain().getCodeSource();
		CodeSource other = type.getProtectionDomain().getCodeSource();
		return own != null && other != null && Objects.equals(own.getLocation(), other.getLocation());
	}

	/** Before the bean is made, it is not known which of several methods will be used. */
	private List<Method> factoryMethods(BeanDefinition definition) {
		Method resolved = (definition instanceof RootBeanDefinition root) ? root.getResolvedFactoryMethod() : null;
		if (resolved != null) {
			return List.of(resolved);
		}
		Class<?> type = null;
		if (definition.getFactoryBeanName() != null) {
			type = this.beans.types(definition.getFactoryBeanName()).stream().findFirst().orElse(null);
		}
		else if (definition.getBeanClassName() != null) {
			type = this.beans.find(definition.getBeanClassName());
		}
		if (type == null) {
			return List.of();
		}
		return List.of(ReflectionUtils.getUniqueDeclaredMethods(ClassUtils.getUserClass(type)))
			.stream()
			.filter((method) -> method.getName().equals(definition.getFactoryMethodName()))
			.toList();
	}

	/**
	 * Beans that it names; names of other things may be among them.
	 */
	Set<String> names() {
		return this.names;
	}

	/**
	 * Types of beans that it is given or asks for.
	 */
	Set<Class<?>> types() {
		return this.types;
	}

	/**
	 * Whether it may publish events.
	 */
	boolean publishes() {
		return this.publishes;
	}

	/**
	 * Why what it needs cannot be told.
	 * @return a reason, or {@code null} if it can
	 */
	@Nullable String obstacle() {
		return this.obstacle;
	}

}
