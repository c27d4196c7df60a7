package io.github.processpool.aop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.github.processpool.DeferToProcess;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import io.github.processpool.engine.SubmittedCall;
import org.junit.jupiter.api.Test;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for where {@link DeferToProcess} may stand and which calls it defers.
 */
class DeferToProcessPlacementTests {

	private final ScriptedPool pool = new ScriptedPool("default");

	private final ScriptedPool reports = new ScriptedPool("reports");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessPoolAutoConfiguration.class))
		.withBean("processPool", ScriptedPool.class, () -> this.pool)
		.withBean("reportsProcessPool", ScriptedPool.class, () -> this.reports)
		.withPropertyValues("process-pool.pools.reports.max-size=1");

	@Test
	void methodWhenAnnotatedShouldBeDeferredAndOthersNot() {
		with(OnMethod.class, (bean) -> {
			assertThat(bean.deferred("a", 1)).isEqualTo("a1");
			assertThat(bean.local()).isEqualTo("local");
			SubmittedCall call = onlyCall();
			assertThat(call.beanName()).isEqualTo("bean");
			assertThat(call.className()).isEqualTo(OnMethod.class.getName());
			assertThat(call.methodName()).isEqualTo("deferred");
			assertThat(call.descriptor()).isEqualTo("(Ljava/lang/String;I)Ljava/lang/String;");
			assertThat(call.arguments()).containsExactly("a", 1);
		});
	}

	@Test
	void methodWhenProtectedOrPackagePrivateShouldBeDeferred() {
		with(OnMethod.class, (bean) -> {
			assertThat(bean.protectedMethod()).isEqualTo("protected");
			assertThat(bean.packageMethod()).isEqualTo("package");
			assertThat(this.pool.calls()).hasSize(2);
		});
	}

	@Test
	void classWhenAnnotatedShouldDeferAllMethodsWithTheNearestAnnotation() {
		with(OnClass.class, (bean) -> {
			bean.fromClass();
			assertThat(this.reports.calls()).hasSize(1);
			assertThat(this.reports.call().options().taskTimeout()).isEqualTo(Duration.ofSeconds(5));
			bean.ownAnnotation();
			assertThat(this.pool.calls()).hasSize(1);
			assertThat(this.pool.call().options().taskTimeout()).isNull();
			bean.inherited();
			assertThat(this.reports.calls()).hasSize(2);
			assertThat(this.reports.call().className()).isEqualTo(Parent.class.getName());
		});
	}

	@Test
	void classWhenAnnotatedShouldNotDeferMethodsOfObject() {
		with(OnClass.class, (bean) -> {
			assertThat(AopUtils.isAopProxy(bean)).isTrue();
			assertThat(bean.toString()).isEqualTo("on class");
			assertThat(bean.equals(bean)).isTrue();
			assertThat(this.reports.calls()).isEmpty();
		});
	}

	@Test
	void classWhenAnnotatedShouldNotDeferCallbacksOfTheContainer() {
		with(LifecycleBean.class, (bean) -> {
			assertThat(bean.isRunning()).isTrue();
			assertThat(this.pool.calls()).isEmpty();
			assertThat(bean.work()).isEqualTo("worked");
			assertThat(this.pool.calls()).hasSize(1);
		});
	}

	@Test
	void metaAnnotationShouldPassAttributesThrough() {
		with(OnMeta.class, (bean) -> {
			bean.report();
			SubmittedCall call = this.reports.call();
			assertThat(call.options().taskTimeout()).isEqualTo(Duration.ofMinutes(2));
			assertThat(call.options().queueTimeout()).isEqualTo(Duration.ofMillis(100));
			assertThat(call.options().idempotent()).isTrue();
			assertThat(call.options().maxAttempts()).isEqualTo(4);
		});
	}

	@Test
	void placeholderShouldBeResolvedInAllTextAttributes() {
		this.runner.withPropertyValues("my.pool=reports", "my.timeout=PT7S")
			.withBean("bean", Placeholders.class, Placeholders::new)
			.run((context) -> {
				context.getBean(Placeholders.class).run();
				assertThat(this.reports.call().options().taskTimeout()).isEqualTo(Duration.ofSeconds(7));
				assertThat(this.reports.call().options().queueTimeout()).isEqualTo(Duration.ofSeconds(9));
			});
	}

	@Test
	void timeoutOfZeroShouldBeKeptToUndoThatOfThePool() {
		with(OnMethod.class, (bean) -> {
			bean.unlimited();
			assertThat(onlyCall().options().taskTimeout()).isEqualTo(Duration.ZERO);
		});
	}

	@Test
	void interfaceWhenProxiedByClassShouldDefer() {
		this.runner.withBean("bean", PortImpl.class, PortImpl::new).run((context) -> {
			Port<?> bean = context.getBean(Port.class);
			assertThat(AopUtils.isCglibProxy(bean)).isTrue();
			checkPort(context.getBean(Port.class));
		});
	}

	@Test
	void interfaceWhenProxiedByInterfaceShouldDefer() {
		this.runner.withPropertyValues("spring.aop.proxy-target-class=false")
			.withBean("bean", PortImpl.class, PortImpl::new)
			.run((context) -> {
				assertThat(AopUtils.isJdkDynamicProxy(context.getBean("bean"))).isTrue();
				checkPort(context.getBean(Port.class));
			});
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private void checkPort(Port port) {
		assertThat(port.convert("x")).isEqualTo("X");
		SubmittedCall call = onlyCall();
		assertThat(call.className()).isEqualTo(PortImpl.class.getName());
		assertThat(call.descriptor()).isEqualTo("(Ljava/lang/String;)Ljava/lang/String;");
		assertThat(port.defaulted()).isEqualTo("default");
		assertThat(this.pool.call().className()).isEqualTo(Port.class.getName());
		assertThat(this.pool.calls()).hasSize(2);
		port.plain();
		assertThat(this.pool.calls()).hasSize(2);
	}

	@Test
	void interfaceWhenImplementedByAnUnrelatedParentShouldDefer() {
		with(LateImplementor.class, (bean) -> {
			assertThat(bean.work()).isEqualTo("from parent");
			assertThat(onlyCall().className()).isEqualTo(Unrelated.class.getName());
		});
	}

	@Test
	void overloadsShouldBeToldApart() {
		with(Overloads.class, (bean) -> {
			bean.run("a");
			bean.run(1);
			bean.run(List.of());
			assertThat(this.pool.calls()).extracting(SubmittedCall::descriptor)
				.containsExactly("(Ljava/lang/String;)V", "(I)V", "(Ljava/util/List;)V");
		});
	}

	@Test
	void genericParentShouldBeDeferredOnceThroughItsBridge() {
		with(StringHandler.class, (bean) -> {
			Handler<String> handler = bean;
			assertThat(handler.handle("g")).isEqualTo("handled g");
			assertThat(onlyCall().descriptor()).isEqualTo("(Ljava/lang/String;)Ljava/lang/String;");
		});
	}

	@Test
	void proxyWhenSpringAopIsOffShouldStillBeMade() {
		this.runner.withPropertyValues("spring.aop.auto=false")
			.withBean("bean", OnMethod.class, OnMethod::new)
			.run((context) -> {
				context.getBean(OnMethod.class).deferred("a", 1);
				assertThat(this.pool.calls()).hasSize(1);
			});
	}

	private SubmittedCall onlyCall() {
		assertThat(this.pool.calls()).hasSize(1);
		return this.pool.call();
	}

	private <B> void with(Class<B> type, Consumer<B> test) {
		this.runner.withBean("bean", type).run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context.getBean(type));
		});
	}

	static class OnMethod {

		@DeferToProcess
		public String deferred(String text, int number) {
			return text + number;
		}

		public String local() {
			return "local";
		}

		@DeferToProcess
		protected String protectedMethod() {
			return "protected";
		}

		@DeferToProcess
		String packageMethod() {
			return "package";
		}

		@DeferToProcess(taskTimeout = "0")
		public void unlimited() {
		}

	}

	static class Parent {

		public void inherited() {
		}

	}

	@DeferToProcess(value = "reports", taskTimeout = "5s")
	static class OnClass extends Parent {

		public void fromClass() {
		}

		@DeferToProcess
		public void ownAnnotation() {
		}

		@Override
		public String toString() {
			return "on class";
		}

		@Override
		public int hashCode() {
			return 7;
		}

		@Override
		public boolean equals(Object other) {
			return other != null;
		}

	}

	@DeferToProcess
	static class LifecycleBean implements SmartLifecycle {

		public String work() {
			return "worked";
		}

		@Override
		public void start() {
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return true;
		}

	}

	@DeferToProcess(pool = "reports", queueTimeout = "100ms", idempotent = true)
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Report {

		@AliasFor(annotation = DeferToProcess.class, attribute = "taskTimeout")
		String limit() default "1m";

		@AliasFor(annotation = DeferToProcess.class, attribute = "maxAttempts")
		int attempts() default 2;

	}

	static class OnMeta {

		@Report(limit = "2m", attempts = 4)
		public void report() {
		}

	}

	static class Placeholders {

		@DeferToProcess(pool = "${my.pool}", taskTimeout = "${my.timeout}", queueTimeout = "${missing:9s}")
		public void run() {
		}

	}

	interface Port<T> {

		@DeferToProcess
		T convert(T value);

		@DeferToProcess
		default String defaulted() {
			return "default";
		}

		void plain();

	}

	static class PortImpl implements Port<String> {

		@Override
		public String convert(String value) {
			return value.toUpperCase(java.util.Locale.ROOT);
		}

		@Override
		public void plain() {
		}

	}

	interface Work {

		@DeferToProcess
		String work();

	}

	static class Unrelated {

		public String work() {
			return "from parent";
		}

	}

	interface MoreWork extends Work {

	}

	static class LateImplementor extends Unrelated implements MoreWork {

	}

	static class Overloads {

		@DeferToProcess
		public void run(String text) {
		}

		@DeferToProcess
		public void run(int number) {
		}

		@DeferToProcess
		public void run(List<String> list) {
		}

	}

	abstract static class Handler<T> {

		@DeferToProcess
		public abstract T handle(T value);

	}

	static class StringHandler extends Handler<String> {

		@Override
		public String handle(String value) {
			return "handled " + value;
		}

	}

}
