package io.github.processpool.worker.context;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.github.processpool.ProcessPoolException;
import io.github.processpool.aop.DeferToProcessAdvisor;
import io.github.processpool.aop.DeferredBeanNames;
import io.github.processpool.aop.DeferredMethods;
import io.github.processpool.protocol.MethodCoordinates;
import org.aopalliance.intercept.MethodInterceptor;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.aop.Advisor;
import org.springframework.aop.aspectj.annotation.AspectJProxyFactory;
import org.springframework.aop.framework.AopContext;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.target.PrototypeTargetSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BeanInvoker}.
 */
class BeanInvokerTests {

	private static final String STRING = "(Ljava/lang/String;)Ljava/lang/String;";

	private final List<String> log = new ArrayList<>();

	private final DefaultListableBeanFactory factory = new DefaultListableBeanFactory();

	private final BeanInvoker invoker = new BeanInvoker(this.factory);

	@Test
	void classProxyRunsTheAdviceAfterOursOnly() throws Throwable {
		register("service", proxy(new Service(), true, note("before"), ours(), note("after"), note("last")));
		assertThat(call("service", "greet")).isEqualTo("hello you");
		assertThat(this.log).containsExactly("after", "last");
	}

	@Test
	void interfaceProxyRunsTheAdviceAfterOursOnly() throws Throwable {
		register("service", proxy(new Service(), false, note("before"), ours(), note("after")));
		assertThat(call("service", "greet")).isEqualTo("hello you");
		assertThat(this.log).containsExactly("after");
	}

	@Test
	void allAdviceRunsWhereOursIsAbsent() throws Throwable {
		register("service", proxy(new Service(), true, note("one"), note("two")));
		assertThat(call("service", "greet")).isEqualTo("hello you");
		assertThat(this.log).containsExactly("one", "two");
	}

	@Test
	void hiddenMethodsOfAClassProxyAreCalled() throws Throwable {
		register("service", proxy(new Service(), true, note("before"), ours(), note("after")));
		assertThat(call("service", "guarded")).isEqualTo("guarded you");
		assertThat(call("service", "internal")).isEqualTo("internal you");
		assertThat(this.log).containsExactly("after", "after");
	}

	@Test
	void beanWithoutProxyIsCalled() throws Throwable {
		register("service", new Service());
		assertThat(call("service", "greet")).isEqualTo("hello you");
		assertThat(call("service", "internal")).isEqualTo("internal you");
	}

	@Test
	void overloadIsChosenByDescriptor() throws Throwable {
		register("service", new Service());
		assertThat(this.invoker.invoke(
				new MethodCoordinates("service", Service.class.getName(), "greet", "(I)Ljava/lang/String;"),
				new Object[] { 3 }))
			.isEqualTo("hello 3");
	}

	@Test
	void exceptionOfTheMethodIsThrownAsItIs() {
		register("plain", new Service());
		register("proxied", proxy(new Service(), true, ours(), note("after")));
		for (String bean : List.of("plain", "proxied")) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> call(bean, "fail")).withMessage("you");
		}
	}

	@Test
	void proxyIsExposedDuringTheCallOnly() throws Throwable {
		ProxyFactory proxyFactory = new ProxyFactory(new Service());
		proxyFactory.setProxyTargetClass(true);
		proxyFactory.setExposeProxy(true);
		proxyFactory.addAdvisor(ours());
		Object proxy = proxyFactory.getProxy();
		register("service", proxy);
		assertThat(this.invoker.invoke(
				new MethodCoordinates("service", Service.class.getName(), "exposed", "()Ljava/lang/Object;"),
				new Object[0]))
			.isSameAs(proxy);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(AopContext::currentProxy);
	}

	@Test
	void aspectAfterOursFindsItsInvocation() throws Throwable {
		AspectJProxyFactory aspects = new AspectJProxyFactory(new Service());
		aspects.addAspect(new LoggingAspect(this.log));
		List<Advisor> advisors = new ArrayList<>(List.of(ExposeInvocationInterceptor.ADVISOR, note("before"), ours()));
		for (Advisor advisor : aspects.getAdvisors()) {
			if (advisor != ExposeInvocationInterceptor.ADVISOR) {
				advisors.add(advisor);
			}
		}
		register("service", proxy(new Service(), true, advisors.toArray(Advisor[]::new)));
		assertThat(call("service", "greet")).isEqualTo("hello you");
		assertThat(this.log).containsExactly("aspect");
	}

	@Test
	void prototypeGetsAnInstanceOfItsOwnForEachCall() throws Throwable {
		this.factory.registerBeanDefinition("service",
				BeanDefinitionBuilder
					.rootBeanDefinition(Service.class, () -> proxy(new Service(), true, ours(), note("after")))
					.setScope(BeanDefinition.SCOPE_PROTOTYPE)
					.getBeanDefinition());
		assertThat(count("service")).isEqualTo(1);
		assertThat(count("service")).isEqualTo(1);
		assertThat(this.log).containsExactly("after", "after");
	}

	@Test
	void singletonKeepsItsState() throws Throwable {
		register("service", proxy(new Service(), true, ours()));
		assertThat(count("service")).isEqualTo(1);
		assertThat(count("service")).isEqualTo(2);
	}

	@Test
	void targetSourceIsAskedForEachCall() throws Throwable {
		this.factory.registerBeanDefinition("target",
				BeanDefinitionBuilder.rootBeanDefinition(Service.class, Service::new)
					.setScope(BeanDefinition.SCOPE_PROTOTYPE)
					.getBeanDefinition());
		PrototypeTargetSource targets = new PrototypeTargetSource();
		targets.setTargetBeanName("target");
		targets.setBeanFactory(this.factory);
		ProxyFactory proxyFactory = new ProxyFactory();
		proxyFactory.setTargetSource(targets);
		proxyFactory.setProxyTargetClass(true);
		proxyFactory.addAdvisor(ours());
		register("service", proxyFactory.getProxy());
		assertThat(count("service")).isEqualTo(1);
		assertThat(count("service")).isEqualTo(1);
	}

	@Test
	void twinsOfOneClassAreToldApart() throws Throwable {
		register("one", new Service());
		register("two", new Service());
		count("one");
		assertThat(count("one")).isEqualTo(2);
		assertThat(count("two")).isEqualTo(1);
	}

	@Test
	void missingBeanIsNamedWithTheRemedy() {
		assertThatExceptionOfType(ProcessPoolException.class).isThrownBy(() -> call("absent", "greet"))
			.withMessageContaining("Bean 'absent'")
			.withMessageContaining("greet")
			.withMessageContaining("does not exist there")
			.withMessageContaining("'process-pool.mode=inline'");
	}

	@Test
	void beanOfAnotherClassIsNamed() {
		register("plain", "a string");
		register("proxied", proxy("a string", false, ours(), note("after")));
		for (String bean : List.of("plain", "proxied")) {
			assertThatExceptionOfType(ProcessPoolException.class).isThrownBy(() -> call(bean, "greet"))
				.withMessage("Bean '" + bean + "' of deferred method BeanInvokerTests$Service.greet in a worker of pool"
						+ " 'default' is of class java.lang.String there, but of class " + Service.class.getName()
						+ " in the application. Define the bean alike in both, or run without workers by"
						+ " 'process-pool.mode=inline'");
		}
		assertThat(this.log).isEmpty();
	}

	@Test
	void missingMethodIsNamed() {
		register("service", new Service());
		assertThatExceptionOfType(ProcessPoolException.class).isThrownBy(() -> call("service", "removed"))
			.withMessageContaining("has no method 'removed" + STRING + "'");
	}

	private void register(String name, Object bean) {
		this.factory.registerSingleton(name, bean);
	}

	private @Nullable Object call(String bean, String method) throws Throwable {
		return this.invoker.invoke(new MethodCoordinates(bean, Service.class.getName(), method, STRING),
				new Object[] { "you" });
	}

	private @Nullable Object count(String bean) throws Throwable {
		return this.invoker.invoke(new MethodCoordinates(bean, Service.class.getName(), "count", "()I"), new Object[0]);
	}

	private static <T> T proxy(Object target, boolean proxyTargetClass, Advisor... advisors) {
		ProxyFactory proxyFactory = new ProxyFactory(target);
		proxyFactory.setProxyTargetClass(proxyTargetClass);
		proxyFactory.addAdvisors(advisors);
		@SuppressWarnings("unchecked")
		T proxy = (T) proxyFactory.getProxy();
		return proxy;
	}

	private Advisor note(String what) {
		return new DefaultPointcutAdvisor((MethodInterceptor) (invocation) -> {
			this.log.add(what);
			return invocation.proceed();
		});
	}

	private static Advisor ours() {
		DeferredMethods methods = new DeferredMethods((value) -> value);
		return new DeferToProcessAdvisor(methods, new DeferredBeanNames(methods), () -> {
			throw new AssertionError("our own advice must not run");
		}, () -> {
			throw new AssertionError("our own advice must not run");
		});
	}

	interface Greeter {

		String greet(String name);

	}

	static class Service implements Greeter {

		private int count;

		@Override
		public String greet(String name) {
			return "hello " + name;
		}

		String greet(int number) {
			return "hello " + number;
		}

		protected String guarded(String name) {
			return "guarded " + name;
		}

		String internal(String name) {
			return "internal " + name;
		}

		public String fail(String name) throws IOException {
			throw new IOException(name);
		}

		public Object exposed() {
			return AopContext.currentProxy();
		}

		public int count() {
			return ++this.count;
		}

	}

	@Aspect
	static class LoggingAspect {

		private final List<String> log;

		LoggingAspect(List<String> log) {
			this.log = log;
		}

		@Around("execution(String greet(String))")
		@Nullable Object around(ProceedingJoinPoint point) throws Throwable {
			this.log.add("aspect");
			return point.proceed();
		}

	}

}
