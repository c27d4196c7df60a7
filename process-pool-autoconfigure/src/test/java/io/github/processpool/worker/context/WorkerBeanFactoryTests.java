package io.github.processpool.worker.context;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.weaving.LoadTimeWeaverAware;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.instrument.classloading.LoadTimeWeaver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorkerBeanFactory} in a context without the side effects that
 * {@link SideEffectRemover} knows.
 */
class WorkerBeanFactoryTests {

	private final List<String> events = new ArrayList<>();

	@Test
	void noBeanIsMadeUntilItIsNeeded() {
		try (AnnotationConfigApplicationContext context = start(Eager.class)) {
			assertThat(this.events).isEmpty();
			context.getBean("eager");
			assertThat(this.events).containsExactly("eager");
		}
	}

	@Test
	void weaverAwareBeanAndBootstrapExecutorAreNotMadeByTheRefresh() {
		try (AnnotationConfigApplicationContext context = start(Weaving.class)) {
			assertThat(this.events).isEmpty();
			assertThat(context.getBeanNamesForType(LoadTimeWeaverAware.class)).containsExactly("weaverAware");
			assertThat(context.containsBean("bootstrapExecutor")).isTrue();
		}
	}

	@Test
	void cacheOfABeanMadeLateCaches() {
		try (AnnotationConfigApplicationContext context = start(Caching.class)) {
			Counter counter = context.getBean(Counter.class);
			counter.count("a");
			assertThat(counter.count("a")).isEqualTo(1);
		}
	}

	@Test
	void smartSingletonIsCompletedAfterTheBeanThatNeedsIt() {
		try (AnnotationConfigApplicationContext context = start(Smart.class)) {
			assertThat(this.events).isEmpty();
			context.getBean("needsSmart");
			// The callback looks its owner up, which would still be in creation before
			assertThat(this.events).containsExactly("smart", "needsSmart", "completed with owner");
		}
	}

	@Test
	void smartSingletonOfAProviderIsCompletedToo() {
		try (AnnotationConfigApplicationContext context = start(Smart.class)) {
			ObjectProvider<SmartBean> provider = context.getBeanProvider(SmartBean.class);
			assertThat(provider.getObject().completed).isTrue();
		}
	}

	@Test
	void eventsOfTheApplicationAreHeardAndThoseOfTheContextAreNot() {
		try (AnnotationConfigApplicationContext context = start(Listening.class)) {
			assertThat(this.events).isEmpty();
			context.publishEvent("hello");
			assertThat(this.events).containsExactly("listener", "heard hello");
		}
		assertThat(this.events).containsExactly("listener", "heard hello");
	}

	@Test
	void eventOfABeanThatIsMadeForAnEventIsHeard() {
		try (AnnotationConfigApplicationContext context = start(Listening.class, Publishing.class)) {
			context.getBean("publisher");
			assertThat(this.events).containsExactly("listener", "heard made");
		}
	}

	@Test
	void multicasterOfTheApplicationIsKept() {
		try (AnnotationConfigApplicationContext context = start(Listening.class, OwnMulticaster.class)) {
			context.publishEvent("hello");
			assertThat(this.events).containsExactly("listener", "heard hello");
			assertThat(context.getBean(CountingMulticaster.class).count).hasValue(1);
		}
	}

	private AnnotationConfigApplicationContext start(Class<?>... configuration) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(new WorkerBeanFactory());
		context.addBeanFactoryPostProcessor(new SideEffectRemover(new StandardEnvironment()));
		context.getBeanFactory().registerSingleton("events", new Events(this.events));
		context.register(configuration);
		context.refresh();
		return context;
	}

	/**
	 * What happened.
	 */
	record Events(List<String> list) {

		void add(String event) {
			this.list.add(event);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Eager {

		@Bean
		@Lazy(false)
		Object eager(Events events) {
			events.add("eager");
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Weaving {

		@Bean
		LoadTimeWeaverAware weaverAware(Events events) {
			events.add("weaver");
			return new LoadTimeWeaverAware() {

				@Override
				public void setLoadTimeWeaver(LoadTimeWeaver loadTimeWeaver) {
				}

			};
		}

		@Bean
		SimpleAsyncTaskExecutor bootstrapExecutor(Events events) {
			events.add("executor");
			return new SimpleAsyncTaskExecutor();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Caching {

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

		@Bean
		Counter counter() {
			return new Counter();
		}

	}

	static class Counter {

		private int count;

		@Cacheable("counts")
		public int count(String key) {
			return ++this.count;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Smart {

		@Bean
		SmartBean smart(Events events, ApplicationContext context) {
			events.add("smart");
			return new SmartBean(events, context);
		}

		@Bean
		Object needsSmart(SmartBean smart, Events events) {
			events.add("needsSmart");
			return new Object();
		}

	}

	static class SmartBean implements SmartInitializingSingleton {

		private final Events events;

		private final ApplicationContext context;

		private boolean completed;

		SmartBean(Events events, ApplicationContext context) {
			this.events = events;
			this.context = context;
		}

		@Override
		public void afterSingletonsInstantiated() {
			this.context.getBean("needsSmart");
			this.events.add("completed with owner");
			this.completed = true;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listening {

		@Bean
		Listener listener(Events events) {
			events.add("listener");
			return new Listener(events);
		}

	}

	static class Listener {

		private final Events events;

		Listener(Events events) {
			this.events = events;
		}

		@EventListener
		void on(String event) {
			this.events.add("heard " + event);
		}

		@EventListener
		void on(ContextRefreshedEvent event) {
			this.events.add("refreshed");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Publishing {

		@Bean
		Object publisher(ApplicationEventPublisher publisher) {
			publisher.publishEvent("made");
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMulticaster {

		@Bean
		ApplicationEventMulticaster applicationEventMulticaster() {
			return new CountingMulticaster();
		}

	}

	static class CountingMulticaster extends SimpleApplicationEventMulticaster {

		private final AtomicInteger count = new AtomicInteger();

		@Override
		public void multicastEvent(ApplicationEvent event, @Nullable ResolvableType eventType) {
			this.count.incrementAndGet();
			super.multicastEvent(event, eventType);
		}

	}

}
