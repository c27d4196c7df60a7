package io.github.processpool.aop;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;

import io.github.processpool.DeferToProcess;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import io.github.processpool.engine.SubmittedCall;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeferredBeanNames}.
 */
class DeferredBeanNamesTests {

	private final ScriptedPool pool = new ScriptedPool("default");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessPoolAutoConfiguration.class))
		.withBean("processPool", ScriptedPool.class, () -> this.pool);

	@Test
	void beansOfOneClassShouldBeToldApart() {
		this.runner.withBean("first", Service.class).withBean("second", Service.class).run((context) -> {
			context.getBean("first", Service.class).run();
			context.getBean("second", Service.class).run();
			assertThat(names()).containsExactly("first", "second");
		});
	}

	@Test
	void beansThatAreEqualShouldBeToldApart() {
		this.runner.withBean("first", EqualService.class).withBean("second", EqualService.class).run((context) -> {
			context.getBean("first", EqualService.class).run();
			context.getBean("second", EqualService.class).run();
			assertThat(names()).containsExactly("first", "second");
		});
	}

	@Test
	void productOfAFactoryBeanShouldHaveTheNameOfTheFactory() {
		this.runner.withBean("made", ServiceFactory.class).run((context) -> {
			context.getBean(Service.class).run();
			assertThat(names()).containsExactly("made");
		});
	}

	@Test
	void targetOfAScopedProxyShouldHaveItsOwnName() {
		this.runner
			.withInitializer((context) -> context.getBeanFactory().registerScope("thread", new SimpleThreadScope()))
			.withUserConfiguration(Scoped.class)
			.run((context) -> {
				context.getBean(Service.class).run();
				assertThat(names()).containsExactly("scopedTarget.scoped");
			});
	}

	@Test
	void circularReferencesShouldNotHideTheName() {
		this.runner.withAllowCircularReferences(true).withUserConfiguration(Circular.class).run((context) -> {
			context.getBean(One.class).run();
			assertThat(names()).containsExactly("one");
		});
	}

	@Test
	void prototypesShouldBeFoundAndForgotten() {
		this.runner
			.withBean("prototype", Service.class, Service::new,
					(definition) -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE))
			.run((context) -> {
				Service bean = context.getBean(Service.class);
				bean.run();
				assertThat(names()).containsExactly("prototype");
				WeakReference<Service> reference = new WeakReference<>(bean);
				bean = null;
				this.pool.calls().clear();
				Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
					System.gc();
					return reference.get() == null;
				});
			});
	}

	@Test
	void mapShouldForgetWhatIsGone() {
		WeakIdentityMap<String> map = new WeakIdentityMap<>();
		Object kept = new Object();
		map.put(kept, "kept");
		for (int i = 0; i < 1000; i++) {
			map.put(new Object(), "gone");
		}
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
			System.gc();
			map.put(kept, "kept");
			return map.size() == 1;
		});
		assertThat(map.get(kept)).isEqualTo("kept");
		assertThat(map.get(new Object())).isNull();
	}

	private List<String> names() {
		return this.pool.calls().stream().map(SubmittedCall::beanName).toList();
	}

	static class Service {

		@DeferToProcess
		public void run() {
		}

	}

	static class EqualService extends Service {

		@Override
		public boolean equals(Object other) {
			return other instanceof EqualService;
		}

		@Override
		public int hashCode() {
			return 1;
		}

	}

	static class ServiceFactory implements FactoryBean<Service> {

		@Override
		public Service getObject() {
			return new Service();
		}

		@Override
		public Class<?> getObjectType() {
			return Service.class;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Service scoped() {
			return new Service();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Circular {

		@Bean
		One one() {
			return new One();
		}

		@Bean
		Two two() {
			return new Two();
		}

	}

	static class One {

		@Autowired
		Two two;

		@DeferToProcess
		public void run() {
		}

	}

	static class Two {

		@Autowired
		One one;

	}

}
