package io.github.processpool.aop;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import io.github.processpool.DeferToProcess;
import io.github.processpool.ProcessPools;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;

/**
 * Refuses at start-up what could never run in a worker, all of it in one exception. Looks
 * at classes and definitions only; generics and interfaces are judged by their values
 * when a method is called.
 */
public final class DeferredMethodValidator implements SmartInitializingSingleton {

	private static final Map<String, String> SCOPES = Map.of("request", "a request", "session", "a session",
			"websocket", "a session", "application", "a servlet context");

	private final ConfigurableListableBeanFactory beanFactory;

	private final DeferredMethods methods;

	private final DeferredBeanNames names;

	private final Supplier<ProcessPools> pools;

	private final ProxyRules proxyRules;

	/**
	 * Creates the validator.
	 * @param beanFactory where the beans are defined
	 * @param methods knows the deferred methods
	 * @param names knows the objects that no worker can find
	 * @param pools gives the pools; asked only if there are deferred methods
	 */
	public DeferredMethodValidator(ConfigurableListableBeanFactory beanFactory, DeferredMethods methods,
			DeferredBeanNames names, Supplier<ProcessPools> pools) {
		this.beanFactory = beanFactory;
		this.methods = methods;
		this.names = names;
		this.pools = pools;
		this.proxyRules = new ProxyRules(beanFactory, methods);
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<DeferredMethodProblem> problems = new ArrayList<>();
		for (DeferredBeans.DeferredBean bean : new DeferredBeans(this.beanFactory, this.methods).scan()) {
			for (Method method : bean.methods()) {
				String description = DeferredMethod.describe(method);
				check(bean, method, (problem, remedy) -> problems
					.add(new DeferredMethodProblem(bean.givenName(), description, problem, remedy)), problems);
			}
		}
		problems.addAll(this.names.unreachable());
		if (!problems.isEmpty()) {
			throw new InvalidDeferredMethodException(problems);
		}
	}

	private void check(DeferredBeans.DeferredBean bean, Method method, AttributeReader.Problems problems,
			List<DeferredMethodProblem> all) {
		checkScope(bean, problems);
		this.proxyRules.check(bean.name(), bean.type(), method, problems);
		checkParameters(bean, method, problems);
		checkResult(bean, method, problems);
		MergedAnnotation<DeferToProcess> annotation = this.methods.annotation(method, bean.type()).orElseThrow();
		this.methods.attributes().options(annotation, problems);
		String pool = this.methods.attributes().pool(annotation, problems);
		if (!this.pools.get().names().contains(pool)) {
			all.add(DeferredMethodProblem.unknownPool(bean.givenName(), DeferredMethod.describe(method), pool,
					this.pools.get().names()));
		}
	}

	private static void checkScope(DeferredBeans.DeferredBean bean, AttributeReader.Problems problems) {
		String owner = SCOPES.get(String.valueOf(bean.scope()));
		if (owner != null) {
			problems.report("the bean has scope '" + bean.scope() + "', and a worker has no such scope",
					"Move the method to a singleton and pass what it needs of " + owner + " as arguments.");
		}
	}

	private static void checkParameters(DeferredBeans.DeferredBean bean, Method method,
			AttributeReader.Problems problems) {
		Parameter[] parameters = method.getParameters();
		for (int i = 0; i < parameters.length; i++) {
			MethodParameter parameter = new MethodParameter(method, i).withContainingClass(bean.type());
			PlatformTypes.Finding finding = PlatformTypes.find(ResolvableType.forMethodParameter(parameter));
			if (finding != null) {
				problems.report("parameter '" + parameters[i].getName() + "' cannot be sent to a worker because of "
						+ finding.describe(), finding.remedy());
			}
		}
	}

	private static void checkResult(DeferredBeans.DeferredBean bean, Method method, AttributeReader.Problems problems) {
		ResolvableType type = ResolvableType.forMethodReturnType(method, bean.type());
		PlatformTypes.Finding finding = PlatformTypes.find(type);
		Class<?> raw = type.resolve(Object.class);
		if (finding != null) {
			problems.report("its result cannot be sent back by a worker because of " + finding.describe(),
					finding.remedy());
		}
		else if (ReturnKind.of(raw) == ReturnKind.VALUE
				&& (Future.class.isAssignableFrom(raw) || CompletionStage.class.isAssignableFrom(raw))) {
			problems.report("its result is the future " + raw.getName() + ", which cannot be made for it",
					"Declare CompletableFuture<T>, CompletionStage<T> or Future<T>.");
		}
	}

}
