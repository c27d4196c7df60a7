package io.github.processpool.slim;

import java.util.List;
import java.util.Map;

import io.github.processpool.engine.RuntimeSetup.Objection;
import io.github.processpool.worker.context.AbsentBeans;
import io.github.processpool.worker.context.BeanAdvice;
import io.github.processpool.worker.context.ContextReport;
import io.github.processpool.worker.context.ContextSlice;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReportCheck}.
 */
class ReportCheckTests {

	private final DefaultListableBeanFactory factory = new DefaultListableBeanFactory();

	private final ReportCheck check = new ReportCheck(this.factory);

	private final ContextSlice slice = new ContextSlice(List.of("a.AutoConfiguration"),
			Map.of("work", List.of("first", "second")), AbsentBeans.NONE);

	@Test
	void sameAdviceIsAccepted() {
		assertThat(objection(Map.of(), Map.of("work", List.of("first", "second")), Map.of())).isNull();
	}

	@Test
	void beanThatCannotBeMadeForAnotherReasonIsNotedButNotForEver() {
		assertThat(this.check.objection(this.slice,
				new ContextReport(1, List.of(), Map.of(), Map.of("work", "no database"), Map.of(), Map.of())))
			.isEqualTo(new Objection("bean 'work' cannot be made: no database", false));
	}

	@Test
	void requestForWhatIsLeftOutIsNoted() {
		assertThat(this.check.objection(this.slice,
				new ContextReport(1, List.of("bean 'a' of b.C"), Map.of(), Map.of(), Map.of(), Map.of())))
			.isEqualTo(new Objection("a bean that asks for bean 'a' of b.C would not get it", true));
	}

	@Test
	void otherBeanInItsPlaceIsNoted() {
		this.factory.registerBeanDefinition("other", new RootBeanDefinition(Object.class));
		this.factory.registerSingleton("other", "text");
		assertThat(objection(Map.of(), Map.of(), Map.of("other", List.of("class java.lang.String")))).isNull();
		assertThat(objection(Map.of(), Map.of(), Map.of("other", List.of("class java.lang.Integer"))))
			.startsWith("bean 'other' is another one: ");
	}

	@Test
	void missingBeanIsNoted() {
		assertThat(objection(Map.of("work", "No qualifying bean"), Map.of(), Map.of()))
			.isEqualTo("bean 'work' cannot be made: No qualifying bean");
	}

	@Test
	void lostAdviceIsNoted() {
		assertThat(objection(Map.of(), Map.of("work", List.of("first")), Map.of()))
			.isEqualTo("bean 'work' loses its advice second");
	}

	@Test
	void otherOrderIsNoted() {
		assertThat(objection(Map.of(), Map.of("work", List.of("second", "first")), Map.of()))
			.isEqualTo("bean 'work' has other advice: [second, first] in a worker, [first, second] in the application");
	}

	@Test
	void adviceOfOtherBeansIsComparedWithThoseMadeHere() {
		Object proxy = proxy();
		this.factory.registerBeanDefinition("other", new RootBeanDefinition(Object.class));
		this.factory.registerSingleton("other", proxy);
		assertThat(objection(Map.of(), Map.of(), Map.of("other", BeanAdvice.withClass(proxy)))).isNull();
		assertThat(objection(Map.of(), Map.of(), Map.of("other", List.of("class " + Service.class.getName()))))
			.contains("bean 'other' loses its advice");
		assertThat(objection(Map.of(), Map.of(), Map.of("elsewhere", List.of("any")))).isNull();
	}

	@Test
	void adviceIsDescribedAlikeInEveryJvm() {
		assertThat(BeanAdvice.all(proxy())).isEqualTo(BeanAdvice.all(proxy()))
			.singleElement()
			.asString()
			.startsWith("org.springframework.aop.support.DefaultPointcutAdvisor with ")
			.doesNotContain("$$");
		assertThat(BeanAdvice.all(new Object())).isEmpty();
		ProxyFactory opaque = new ProxyFactory(new Service());
		opaque.setOpaque(true);
		assertThat(BeanAdvice.isOpaque(opaque.getProxy())).isTrue();
	}

	/**
	 * What advice is around.
	 */
	static class Service {

	}

	private static Object proxy() {
		ProxyFactory proxy = new ProxyFactory(new Service());
		proxy.addAdvice((MethodInterceptor) (invocation) -> invocation.proceed());
		return proxy.getProxy();
	}

	private @Nullable String objection(Map<String, String> missing, Map<String, List<String>> deferred,
			Map<String, List<String>> others) {
		Objection objection = this.check.objection(this.slice,
				new ContextReport(1, List.of(), missing, Map.of(), deferred, others));
		assertThat(objection == null || objection.lasting()).isTrue();
		return (objection != null) ? objection.reason() : null;
	}

}
