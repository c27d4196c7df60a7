package io.github.processpool.aop;

import java.io.InputStream;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.processpool.DeferToProcess;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.io.Resource;
import org.springframework.web.multipart.MultipartFile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is refused at start-up, and with which words.
 */
class DeferredMethodValidationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessPoolAutoConfiguration.class))
		.withBean("processPool", ScriptedPool.class, () -> new ScriptedPool("default"));

	@Test
	void methodsThatNoProxyInterceptsShouldBeRefused() {
		assertThat(problemsOf(NotInterceptable.class)).containsExactly(
				"Bean 'bean', method DeferredMethodValidationTests.NotInterceptable.finalMethod(): "
						+ "it is final, so no proxy can intercept it.",
				"Bean 'bean', method DeferredMethodValidationTests.NotInterceptable.privateMethod(): "
						+ "it is private, so no proxy can intercept it.",
				"Bean 'bean', method DeferredMethodValidationTests.NotInterceptable.staticMethod(): "
						+ "it is static, so no proxy can intercept it.");
	}

	@Test
	void classWhenFinalShouldBeRefusedBeforeSpringFails() {
		assertThat(problemsOf(FinalClass.class)).singleElement()
			.asString()
			.contains("FinalClass.run()", "is final, so it cannot be proxied");
	}

	@Test
	void classWhenFinalButProxiedByItsInterfaceShouldBeAccepted() {
		this.runner.withPropertyValues("spring.aop.proxy-target-class=false")
			.withBean("bean", FinalWithInterface.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void methodWhenInNoInterfaceOfAnInterfaceProxyShouldBeRefused() {
		this.runner.withPropertyValues("spring.aop.proxy-target-class=false")
			.withBean("bean", BeyondInterface.class)
			.run((context) -> assertThat(problems(context.getStartupFailure())).singleElement()
				.asString()
				.contains("BeyondInterface.beyond()", "proxied by its interfaces, and none of them has the method"));
	}

	@Test
	void annotatedClassShouldNotBeRefusedForItsPrivateAndStaticMethods() {
		this.runner.withBean("bean", AnnotatedClass.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void platformTypesInParametersShouldBeRefusedWithARemedy() {
		List<DeferredMethodProblem> problems = failureOf(Parameters.class).getProblems();
		assertThat(problems).extracting(DeferredMethodProblem::method)
			.allSatisfy((method) -> assertThat(method).startsWith("DeferredMethodValidationTests.Parameters."));
		assertThat(problems).extracting((problem) -> problem.problem() + ". " + problem.remedy())
			.containsExactlyInAnyOrder(
					"parameter 'request' cannot be sent to a worker because of HttpServletRequest "
							+ "(jakarta.servlet.http). Pass the values that the method needs instead.",
					"parameter 'stream' cannot be sent to a worker because of InputStream (java.io). "
							+ "Pass the content as byte[] or String, or the path of a file.",
					"parameter 'connection' cannot be sent to a worker because of Connection (java.sql). "
							+ "Inject it into the bean: in a worker, the bean has the worker's own.",
					"parameter 'numbers' cannot be sent to a worker because of Stream (java.util.stream). "
							+ "Collect the elements into a List.",
					"parameter 'thread' cannot be sent to a worker because of Thread (java.lang). "
							+ "Pass the values that the method needs instead.",
					"parameter 'context' cannot be sent to a worker because of ApplicationContext "
							+ "(org.springframework.context). "
							+ "Inject it into the bean: in a worker, the bean has the worker's own.",
					"parameter 'files' cannot be sent to a worker because of MultipartFile "
							+ "(org.springframework.web.multipart). "
							+ "Pass the content as byte[] or String, or the path of a file.",
					"parameter 'resources' cannot be sent to a worker because of Resource (org.springframework.core.io). "
							+ "Pass the content as byte[] or String, or the path of a file.");
	}

	@Test
	void resultsThatCannotComeBackShouldBeRefused() {
		assertThat(failureOf(Results.class).getProblems())
			.extracting((problem) -> problem.problem() + ". " + problem.remedy())
			.containsExactlyInAnyOrder(
					"its result cannot be sent back by a worker because of Mono (reactor.core.publisher). "
							+ "Reactive types are not streamed yet: "
							+ "use CompletableFuture<T>, or a List for several elements.",
					"its result cannot be sent back by a worker because of Flux (reactor.core.publisher). "
							+ "Reactive types are not streamed yet: "
							+ "use CompletableFuture<T>, or a List for several elements.",
					"its result cannot be sent back by a worker because of InputStream (java.io). "
							+ "Pass the content as byte[] or String, or the path of a file.",
					"its result is the future java.util.concurrent.FutureTask, which cannot be made for it. "
							+ "Declare CompletableFuture<T>, CompletionStage<T> or Future<T>.");
	}

	@Test
	void genericsAndInterfacesShouldBeJudgedByTheirValues() {
		this.runner.withBean("bean", ByValue.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void badAttributesShouldBeRefused() {
		assertThat(failureOf(BadAttributes.class).getProblems())
			.extracting((problem) -> problem.method().replaceAll(".*\\.", "") + " " + problem.problem())
			.containsExactlyInAnyOrder("duration() attribute 'taskTimeout' is not a duration: '5 parsecs'",
					"duration() attribute 'queueTimeout' is negative: '-5s'", "attempts() attribute 'maxAttempts' is 0",
					"placeholder() attribute 'taskTimeout' has a placeholder without a value: '${missing}'",
					"pool() there is no pool 'nowhere', only 'default'");
	}

	@Test
	void requestScopeShouldBeRefused() {
		this.runner
			.withInitializer((context) -> context.getBeanFactory().registerScope("request", new SimpleThreadScope()))
			.withUserConfiguration(RequestScoped.class)
			.run((context) -> assertThat(problems(context.getStartupFailure())).singleElement()
				.asString()
				.contains("Bean 'bean'", "has scope 'request', and a worker has no such scope"));
	}

	@Test
	void innerBeanShouldBeRefused() {
		this.runner.withInitializer((context) -> {
			BeanDefinitionBuilder outer = BeanDefinitionBuilder.rootBeanDefinition(Outer.class)
				.addPropertyValue("inner", new RootBeanDefinition(Good.class));
			((GenericApplicationContext) context).registerBeanDefinition("outer", outer.getBeanDefinition());
		})
			.run((context) -> assertThat(problems(context.getStartupFailure())).singleElement()
				.asString()
				.contains("Good.run()", "inner bean"));
	}

	@Test
	void problemsOfAllBeansShouldBeReportedTogether() {
		this.runner.withBean("one", NotInterceptable.class)
			.withBean("two", BadAttributes.class)
			.run((context) -> assertThat(problems(context.getStartupFailure()))
				.anySatisfy((problem) -> assertThat(problem).startsWith("Bean 'one'"))
				.anySatisfy((problem) -> assertThat(problem).startsWith("Bean 'two'")));
	}

	@Test
	void lazyBeanShouldBeCheckedWithoutBeingMade() {
		this.runner.withUserConfiguration(LazyBean.class).run((context) -> {
			assertThat(problems(context.getStartupFailure())).isNotEmpty();
			assertThat(LazyBean.made).isFalse();
		});
	}

	@Test
	void lazyApplicationShouldBeCheckedToo() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withBean("bean", BadAttributes.class)
			.run((context) -> assertThat(problems(context.getStartupFailure())).isNotEmpty());
	}

	@Test
	void annotatedClassShouldNotBeRefusedForItsInjectionPoints() {
		this.runner.withBean("bean", Injected.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void poolsWhenSwitchedOffShouldCheckNothingAndCallInPlace() {
		this.runner.withPropertyValues("process-pool.enabled=false")
			.withBean("bean", NotInterceptable.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(NotInterceptable.class).finalMethod()).isEqualTo("here");
			});
	}

	private List<String> problemsOf(Class<?> bean) {
		return failureOf(bean).getProblems().stream().map(DeferredMethodProblem::describe).toList();
	}

	private InvalidDeferredMethodException failureOf(Class<?> bean) {
		InvalidDeferredMethodException[] failure = new InvalidDeferredMethodException[1];
		this.runner.withBean("bean", bean).run((context) -> failure[0] = find(context.getStartupFailure()));
		return failure[0];
	}

	private static List<String> problems(Throwable failure) {
		return find(failure).getProblems().stream().map(DeferredMethodProblem::describe).toList();
	}

	private static InvalidDeferredMethodException find(Throwable failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof InvalidDeferredMethodException)) {
			cause = cause.getCause();
		}
		assertThat(cause).as("failure of the start: " + failure).isNotNull();
		return (InvalidDeferredMethodException) cause;
	}

	static class Good {

		@DeferToProcess
		public void run() {
		}

	}

	static class Outer {

		private Good inner;

		public void setInner(Good inner) {
			this.inner = inner;
		}

		public Good getInner() {
			return this.inner;
		}

	}

	static class NotInterceptable {

		@DeferToProcess
		public final String finalMethod() {
			privateMethod();
			return "here";
		}

		@DeferToProcess
		private void privateMethod() {
		}

		@DeferToProcess
		public static void staticMethod() {
		}

	}

	static final class FinalClass {

		@DeferToProcess
		public void run() {
		}

	}

	interface Port {

		@DeferToProcess
		void run();

	}

	static final class FinalWithInterface implements Port {

		@Override
		public void run() {
		}

	}

	static class BeyondInterface implements Port {

		@Override
		public void run() {
		}

		@DeferToProcess
		public void beyond() {
		}

	}

	@DeferToProcess
	static class AnnotatedClass {

		public void run() {
			hidden();
			List.of(1).forEach((number) -> fixed());
		}

		private void hidden() {
		}

		static void fixed() {
		}

	}

	@DeferToProcess
	static class Injected implements ApplicationContextAware {

		private ApplicationContext context;

		@Autowired
		public void setContext(ApplicationContext context) {
			this.context = context;
		}

		@Override
		public void setApplicationContext(ApplicationContext context) {
			this.context = context;
		}

		public String run() {
			return this.context.getId();
		}

	}

	static class Parameters {

		@DeferToProcess
		public void request(HttpServletRequest request) {
		}

		@DeferToProcess
		public void stream(InputStream stream) {
		}

		@DeferToProcess
		public void connection(Connection connection) {
		}

		@DeferToProcess
		public void numbers(Stream<Integer> numbers) {
		}

		@DeferToProcess
		public void thread(Thread thread) {
		}

		@DeferToProcess
		public void context(ApplicationContext context) {
		}

		@DeferToProcess
		public void files(List<MultipartFile> files) {
		}

		@DeferToProcess
		public void resources(Resource[] resources) {
		}

	}

	static class Results {

		@DeferToProcess
		public Mono<String> mono() {
			return null;
		}

		@DeferToProcess
		public Flux<String> flux() {
			return null;
		}

		@DeferToProcess
		public CompletableFuture<InputStream> stream() {
			return null;
		}

		@DeferToProcess
		public FutureTask<String> task() {
			return null;
		}

	}

	static class ByValue {

		@DeferToProcess
		public <T> List<T> generic(List<? extends T> values, Comparable<T> interfaceType, Object any) {
			return null;
		}

		@DeferToProcess
		public Runnable functions(Supplier<InputStream> opens, Class<? extends InputStream> type) {
			return null;
		}

		@DeferToProcess
		public String serializableThread(SerializableThread thread) {
			return null;
		}

	}

	static class SerializableThread extends Thread implements java.io.Serializable {

		private static final long serialVersionUID = 1L;

	}

	static class BadAttributes {

		@DeferToProcess(taskTimeout = "5 parsecs", queueTimeout = "-5s")
		public void duration() {
		}

		@DeferToProcess(maxAttempts = 0)
		public void attempts() {
		}

		@DeferToProcess(taskTimeout = "${missing}")
		public void placeholder() {
		}

		@DeferToProcess("nowhere")
		public void pool() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RequestScoped {

		@Bean
		@Scope(scopeName = "request", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Good bean() {
			return new Good();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyBean {

		static boolean made;

		@Bean
		@Lazy
		BadAttributes lazy() {
			made = true;
			return new BadAttributes();
		}

	}

}
