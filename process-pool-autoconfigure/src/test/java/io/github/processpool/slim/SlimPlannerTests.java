package io.github.processpool.slim;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import io.github.processpool.ConditionalOnParentProcess;
import io.github.processpool.ConditionalOnProcessWorker;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import io.github.processpool.autoconfigure.ProcessPoolObservationAutoConfiguration;
import io.github.processpool.slim.SlimPlan.Choice;
import io.github.processpool.worker.context.AbsentBeans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Lookup;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.autoconfigure.admin.SpringApplicationAdminJmxAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.startup.StartupTimeMetricsListener;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.Caching;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SlimPlanner} in a web application with metrics and a database.
 */
class SlimPlannerTests {

	private static final String METRICS = SimpleMetricsExportAutoConfiguration.class.getName();

	private static final String AVAILABILITY = ApplicationAvailabilityAutoConfiguration.class.getName();

	private static final String OBSERVATIONS = ObservationAutoConfiguration.class.getName();

	private static final Choice COMPUTE = new Choice(true, List.of(), List.of(), List.of());

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessPoolAutoConfiguration.class, MetricsAutoConfiguration.class,
				SimpleMetricsExportAutoConfiguration.class, ObservationAutoConfiguration.class,
				JvmMetricsAutoConfiguration.class, DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class,
				ApplicationAvailabilityAutoConfiguration.class, Fallback.class))
		.withPropertyValues("registry.size=#{@simpleMeterRegistry.meters.size()}");

	@Test
	void whatNobodyNeedsIsLeftOut() {
		List<String> excluded = plan(Plain.class, COMPUTE).slice().excluded();
		assertThat(excluded).contains(METRICS, MetricsAutoConfiguration.class.getName(),
				JvmMetricsAutoConfiguration.class.getName(), ObservationAutoConfiguration.class.getName(),
				AVAILABILITY);
		assertThat(excluded).doesNotContain(ProcessPoolAutoConfiguration.class.getName());
	}

	@Test
	void advisorsAndWhatTheirConditionsNeedStay() {
		assertThat(plan(Plain.class, COMPUTE).slice().excluded()).doesNotContain(
				TransactionAutoConfiguration.class.getName(),
				DataSourceTransactionManagerAutoConfiguration.class.getName(),
				DataSourceAutoConfiguration.class.getName());
	}

	@ParameterizedTest
	@ValueSource(classes = { InOptional.class, InProvider.class, InFactory.class, InList.class, InMap.class,
			InSetter.class, InField.class, InLookup.class, InParameter.class, InDependency.class, InExpression.class,
			InAnnotation.class, InClassAnnotation.class, InNestedAnnotation.class, InInterface.class, InProperty.class,
			InDefinition.class, InBinding.class, InFallback.class, InCondition.class, InListener.class,
			InLazyBean.class, InPostProcessor.class })
	void whatABeanMayBeGivenStays(Class<?> configuration) {
		SlimPlan plan = plan(configuration, COMPUTE);
		assertThat(plan.reason()).isNull();
		assertThat(plan.slice().excluded()).doesNotContain(METRICS).contains(AVAILABILITY);
	}

	@Test
	void adviceThatABeanWillGetLaterKeepsWhatItLooksUp() {
		WebApplicationContextRunner tasks = this.runner.withUserConfiguration(Scheduling.class)
			.withConfiguration(AutoConfigurations.of(TaskSchedulingAutoConfiguration.class));
		String executor = TaskSchedulingAutoConfiguration.class.getName();
		assertThat(plan(tasks, Plain.class, COMPUTE).slice().excluded()).contains(executor);
		assertThat(plan(tasks, WithAsyncPrototype.class, COMPUTE).slice().excluded()).doesNotContain(executor);
	}

	@Test
	void listenersOfAutoConfigurationsStayUnlessTheyAreForTheStart() {
		assertThat(ListenedEvents.concernWorkers(Listener.class)).isTrue();
		assertThat(ListenedEvents.concernWorkers(AnyListener.class)).isTrue();
		assertThat(ListenedEvents.concernWorkers(SmartListener.class)).isTrue();
		assertThat(ListenedEvents.concernWorkers(StartListener.class)).isFalse();
		assertThat(ListenedEvents.of(StartListener.class)).isTrue();
		assertThat(ListenedEvents.concernWorkers(StartupTimeMetricsListener.class)).isFalse();
		assertThat(ListenedEvents.of(Middle.class)).isFalse();
	}

	@Test
	void defaultThatGaveWayIsLeftOutWithThatToWhichItDid() {
		WebApplicationContextRunner metrics = this.runner
			.withConfiguration(AutoConfigurations.of(PrometheusMetricsExportAutoConfiguration.class));
		assertThat(plan(metrics, Plain.class, COMPUTE).slice().excluded())
			.contains(PrometheusMetricsExportAutoConfiguration.class.getName(), METRICS);
		assertThat(
				plan(metrics, Plain.class, new Choice(true, List.of(), List.of(METRICS), List.of())).slice().excluded())
			.doesNotContain(PrometheusMetricsExportAutoConfiguration.class.getName(), METRICS);
	}

	@Test
	void whatDidNothingBecauseOfAConditionIsLeftOut() {
		WebApplicationContextRunner more = this.runner.withPropertyValues("spring.aop.auto=false")
			.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
					SpringApplicationAdminJmxAutoConfiguration.class));
		assertThat(plan(more, Plain.class, COMPUTE).slice().excluded())
			.contains(SpringApplicationAdminJmxAutoConfiguration.class.getName(), AopAutoConfiguration.class.getName())
			.doesNotContain(JdbcTemplateAutoConfiguration.class.getName());
	}

	@Test
	void whatIsAbsentIsToldByNameAndType() {
		AbsentBeans absent = plan(Plain.class, COMPUTE).slice().absent();
		assertThat(absent.names()).containsEntry("simpleMeterRegistry", METRICS).doesNotContainKey("work");
		assertThat(absent.types()).containsEntry("io.micrometer.core.instrument.MeterRegistry", METRICS)
			.containsKeys("io.micrometer.core.instrument.Clock", MetricsProperties.class.getName(),
					"io.micrometer.observation.ObservationRegistry")
			.doesNotContainKeys("java.lang.Object", DataSource.class.getName(), BeanPostProcessor.class.getName());
		assertThat(plan(InProvider.class, COMPUTE).slice().absent().types())
			.doesNotContainKey("io.micrometer.core.instrument.MeterRegistry");
		assertThat(plan(InOptional.class, new Choice(false, List.of(METRICS), List.of(), List.of())).slice().absent())
			.isEqualTo(AbsentBeans.NONE);
	}

	@Test
	void whatOnlyTheParentOrTheWebHasNeedsNothing() {
		assertThat(plan(InParentOnly.class, COMPUTE).slice().excluded()).contains(METRICS);
	}

	@Test
	void observationsForTheSakeOfMetersNeedNothing() {
		SlimPlan[] plans = new SlimPlan[2];
		WebApplicationContextRunner observed = this.runner
			.withConfiguration(AutoConfigurations.of(ProcessPoolObservationAutoConfiguration.class));
		observed.withUserConfiguration(Plain.class)
			.run((context) -> plans[0] = new SlimPlanner(context.getBeanFactory(), COMPUTE).plan(Set.of("work")));
		observed.withUserConfiguration(Plain.class, Observing.class)
			.run((context) -> plans[1] = new SlimPlanner(context.getBeanFactory(), COMPUTE).plan(Set.of("work")));
		assertThat(plans[0].slice().excluded()).contains(OBSERVATIONS, METRICS);
		assertThat(plans[1].slice().excluded()).doesNotContain(OBSERVATIONS);
	}

	@Test
	void propertiesBoundByAConstructorNeedNothing() {
		SlimPlan plan = plan(WithBoundProperties.class, COMPUTE);
		assertThat(plan.reason()).isNull();
		assertThat(plan.slice().excluded()).contains(METRICS);
	}

	@Test
	void beanOfASupplierMeansTheWholeContext() {
		SlimPlan[] plan = new SlimPlan[1];
		this.runner.withBean("work", Work.class, Work::new)
			.run((context) -> plan[0] = new SlimPlanner(context.getBeanFactory(), COMPUTE).plan(Set.of("work")));
		assertThat(plan[0].reason()).isEqualTo("bean 'work' is made by a supplier that may look up any other bean");
	}

	@Test
	void listenerOfEventsThatNobodyPublishesNeedsNothing() {
		assertThat(plan(InSilentListener.class, COMPUTE).slice().excluded()).contains(METRICS);
	}

	@ParameterizedTest
	@ValueSource(classes = { WithContext.class, WithAnything.class, WithFactoryPostProcessor.class })
	void beanThatMayLookUpAnyOtherMeansTheWholeContext(Class<?> configuration) {
		SlimPlan plan = plan(configuration, COMPUTE);
		assertThat(plan.slice().isWhole()).isTrue();
		assertThat(plan.reason()).isEqualTo("bean 'work' may look up any other bean");
		assertThat(plan.settled()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(classes = { WithWorkerOnly.class, WithNoWeb.class })
	void configurationThatOnlyWorkersHaveMeansTheWholeContext(Class<?> configuration) {
		assertThat(plan(configuration, COMPUTE).reason()).contains("nobody knows what", configuration.getSimpleName());
	}

	@Test
	void propertyOfWorkersThatMakesAConditionHoldMeansTheWholeContext() {
		assertThat(plan(WithProperty.class, COMPUTE).reason()).isNull();
		assertThat(plan(WithProperty.class, new Choice(true, List.of(), List.of(), List.of("other.property"))).reason())
			.isNull();
		assertThat(
				plan(WithProperty.class, new Choice(true, List.of(), List.of(), List.of("MY_FEATUREENABLED"))).reason())
			.contains("nobody knows what", "WithProperty");
		assertThat(
				plan(Plain.class, new Choice(true, List.of(), List.of(), List.of("spring.profiles.active"))).reason())
			.isEqualTo("they have profiles of their own");
	}

	@Test
	void beanThatIsNotMadeYetMeansTheWholeContextUntilItIs() {
		this.runner.withUserConfiguration(LazyWork.class).run((context) -> {
			SlimPlanner planner = new SlimPlanner(context.getBeanFactory(), COMPUTE);
			SlimPlan before = planner.plan(Set.of("work"));
			assertThat(before.reason()).isEqualTo("bean 'work' has not been made yet");
			assertThat(before.settled()).isFalse();
			context.getBean("work");
			assertThat(planner.plan(Set.of("work")).slice().excluded()).contains(METRICS);
		});
	}

	@Test
	void adviceOfTheDeferredBeanIsToldInOrder() {
		assertThat(plan(WithTransaction.class, COMPUTE).slice().beans().get("work")).singleElement()
			.asString()
			.contains("BeanFactoryTransactionAttributeSourceAdvisor", "TransactionInterceptor");
	}

	@Test
	void userDecides() {
		assertThat(plan(Plain.class, new Choice(true, List.of(), List.of(METRICS), List.of())).slice().excluded())
			.doesNotContain(METRICS)
			.contains(AVAILABILITY);
		assertThat(plan(InOptional.class, new Choice(true, List.of(METRICS), List.of(), List.of())).slice().excluded())
			.contains(METRICS, AVAILABILITY);
		assertThat(plan(InOptional.class, new Choice(false, List.of(METRICS), List.of(), List.of())).slice().excluded())
			.containsExactly(METRICS);
	}

	@Test
	void namedClassesExist() {
		List<String> names = new ArrayList<>(HiddenLookups.classNames());
		PostProcessors.targets().forEach((processor, target) -> names.addAll(List.of(processor, target)));
		names.removeIf((name) -> name.contains(".jcache."));
		names.addAll(WorkerRoots.classNames());
		names.addAll(RegistrarImports.harmless());
		names.addAll(HiddenLookups.ofAnyAdvice());
		names.addAll(ListenedEvents.classNames());
		names.add(ConditionalOnBean.class.getPackageName() + "." + LeftOut.CLASS_CONDITION);
		ClassLoader loader = getClass().getClassLoader();
		assertThat(names).allSatisfy((name) -> assertThat(Class.forName(name, false, loader)).isNotNull());
		assertThat(RegistrarImports.of(DataJpaRepositoriesAutoConfiguration.class))
			.isEqualTo(RegistrarImports.REPOSITORIES);
		assertThat(RegistrarImports.of(DataSourceAutoConfiguration.class)).isEqualTo(RegistrarImports.NONE);
		assertThat(RegistrarImports.of(ProcessPoolAutoConfiguration.class)).isEqualTo(RegistrarImports.UNKNOWN);
	}

	@Test
	void whatIsNotThereIsLookedForOnce() {
		Set<String> names = ConcurrentHashMap.newKeySet();
		List<String> again = new CopyOnWriteArrayList<>();
		this.runner.withUserConfiguration(Plain.class).run((context) -> {
			ClassLoader classLoader = new ClassLoader(context.getClassLoader()) {

				@Override
				protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
					try {
						return super.loadClass(name, resolve);
					}
					catch (ClassNotFoundException ex) {
						if (!names.add(name)) {
							again.add(name);
						}
						throw ex;
					}
				}

			};
			context.getBeanFactory().setBeanClassLoader(classLoader);
			new SlimPlanner(context.getBeanFactory(), COMPUTE).plan(Set.of("work"));
		});
		assertThat(names).isNotEmpty();
		assertThat(again).isEmpty();
	}

	private SlimPlan plan(Class<?> configuration, Choice choice) {
		return plan(this.runner, configuration, choice);
	}

	private static SlimPlan plan(WebApplicationContextRunner runner, Class<?> configuration, Choice choice) {
		SlimPlan[] plan = new SlimPlan[1];
		runner.withUserConfiguration(configuration)
			.run((context) -> plan[0] = new SlimPlanner(context.getBeanFactory(), choice).plan(Set.of("work")));
		return plan[0];
	}

	/**
	 * A deferred bean, were there a deferred method.
	 */
	static class Work {

		@Transactional
		void transact() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Plain {

		@Bean
		Object work() {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithTransaction {

		@Bean
		Work work() {
			return new Work();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InOptional {

		@Bean
		Object work(Optional<MeterRegistry> registry) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InProvider {

		@Bean
		Object work(ObjectProvider<MeterRegistry> registry) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InFactory {

		@Bean
		Object work(ObjectFactory<List<MeterRegistry>> registry) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InList {

		@Bean
		Object work(List<MeterRegistry> registries) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InMap {

		@Bean
		Object work(Map<String, MeterRegistry> registries) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InSetter {

		@Bean
		SetterInjected work() {
			return new SetterInjected();
		}

	}

	static class SetterInjected {

		@Autowired(required = false)
		void setRegistry(MeterRegistry registry) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InField {

		@Bean
		FieldInjected work() {
			return new FieldInjected();
		}

	}

	static class FieldInjected {

		@Autowired(required = false)
		private @Nullable MeterRegistry registry;

	}

	@Configuration(proxyBeanMethods = false)
	@Import(LookupWork.class)
	static class InLookup {

		@Bean
		Object work(LookupWork lookup) {
			return new Object();
		}

	}

	abstract static class LookupWork {

		@Lookup
		abstract MeterRegistry registry();

	}

	@Configuration(proxyBeanMethods = false)
	static class InParameter {

		@Bean
		Object work(@Nullable MeterRegistry registry) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InDependency {

		@Bean
		Object work(Middle middle) {
			return new Object();
		}

		@Bean
		Middle middle(ObjectProvider<MeterRegistry> registry) {
			return new Middle();
		}

	}

	static class Middle {

	}

	@Configuration(proxyBeanMethods = false)
	static class InExpression {

		@Bean
		Object work(@Value("#{@simpleMeterRegistry.meters.size()}") int size) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InAnnotation {

		@Bean
		Annotated work() {
			return new Annotated();
		}

	}

	static class Annotated {

		@EventListener(condition = "@simpleMeterRegistry.meters.size() > 3")
		void on(String event) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InClassAnnotation {

		@Bean
		ClassAnnotated work() {
			return new ClassAnnotated();
		}

	}

	@Expression("@simpleMeterRegistry != null")
	static class ClassAnnotated {

	}

	@Configuration(proxyBeanMethods = false)
	static class InNestedAnnotation {

		@Bean
		NestedAnnotated work() {
			return new NestedAnnotated();
		}

	}

	static class NestedAnnotated {

		@Caching(cacheable = @Cacheable(cacheNames = "a", condition = "@simpleMeterRegistry != null"))
		void run() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InInterface {

		@Bean
		InterfaceAnnotated work() {
			return new InterfaceAnnotated();
		}

	}

	static class InterfaceAnnotated implements Guarded {

		@Override
		public void run() {
		}

	}

	interface Guarded {

		@Expression("@'simpleMeterRegistry'.clear()")
		void run();

	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface Expression {

		String value();

	}

	@Configuration(proxyBeanMethods = false)
	static class InProperty {

		@Bean
		Object work(@Value("${registry.size}") int size) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Registrar.class)
	static class InDefinition {

		@Bean
		Object work(Sized sized) {
			return new Object();
		}

	}

	static class Registrar implements ImportBeanDefinitionRegistrar {

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			registry.registerBeanDefinition("sized",
					BeanDefinitionBuilder.rootBeanDefinition(Sized.class)
						.addPropertyValue("size", "#{@simpleMeterRegistry.meters.size()}")
						.getBeanDefinition());
		}

	}

	public static class Sized {

		private int size;

		public int getSize() {
			return this.size;
		}

		public void setSize(int size) {
			this.size = size;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InBinding {

		@Bean
		Object work() {
			return new Object();
		}

		@Bean
		@ConfigurationPropertiesBinding
		static Converter<String, Middle> converter(ObjectProvider<MeterRegistry> registry) {
			return new Converter<>() {
				@Override
				public Middle convert(String source) {
					return new Middle();
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InFallback {

		@Bean
		Object work() {
			return new Object();
		}

		@Bean
		Wanted wanted() {
			return new Wanted();
		}

	}

	static class Wanted {

	}

	/**
	 * Of a library, with a default for what another library may bring.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(Wanted.class)
	@AutoConfigureAfter(SimpleMetricsExportAutoConfiguration.class)
	static class Fallback {

		@Bean
		@ConditionalOnMissingBean(MeterRegistry.class)
		Middle fallback() {
			return new Middle();
		}

	}

	/**
	 * Has an executor defined.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Scheduling {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class WithAsyncPrototype {

		@Bean
		Object work(ObjectProvider<AsyncWork> async) {
			return new Object();
		}

		@Bean
		@Scope("prototype")
		AsyncWork async() {
			return new AsyncWork();
		}

	}

	static class AsyncWork {

		@Async
		void run() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithFactoryPostProcessor {

		@Bean
		static Looking work() {
			return new Looking();
		}

	}

	static class Looking implements BeanFactoryPostProcessor {

		@Override
		public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		}

	}

	static class StartListener implements ApplicationListener<ContextRefreshedEvent> {

		@Override
		public void onApplicationEvent(ContextRefreshedEvent event) {
		}

		@EventListener({ ApplicationReadyEvent.class, ContextClosedEvent.class })
		void on() {
		}

	}

	static class AnyListener implements ApplicationListener<ApplicationEvent> {

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
		}

	}

	static class SmartListener implements SmartApplicationListener {

		@Override
		public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
			return true;
		}

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithProperty {

		@Bean
		Object work() {
			return new Object();
		}

		@Bean
		@ConditionalOnProperty("my.feature-enabled")
		Middle middle(ObjectProvider<MeterRegistry> registry) {
			return new Middle();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InCondition {

		@Bean
		Object work(Optional<JvmGcMetrics> metrics) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InListener {

		@Bean
		Object work(ApplicationEventPublisher publisher) {
			return new Object();
		}

		@Bean
		Listener listener(ObjectProvider<MeterRegistry> registry) {
			return new Listener();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InSilentListener {

		@Bean
		Object work() {
			return new Object();
		}

		@Bean
		Listener listener(ObjectProvider<MeterRegistry> registry) {
			return new Listener();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Bound.class)
	static class WithBoundProperties {

		@Bean
		Object work(Bound bound) {
			return new Object();
		}

	}

	@ConfigurationProperties("bound")
	record Bound(@Nullable String name, Map<String, Object> more) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Observing {

		@Bean
		ObservationHandler<Observation.Context> handler() {
			return (context) -> true;
		}

	}

	static class Listener {

		@EventListener
		void on(String event) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InLazyBean {

		@Bean
		Object work(@Lazy Middle middle) {
			return new Object();
		}

		@Bean
		@Lazy
		Middle middle(ObjectProvider<MeterRegistry> registry) {
			return new Middle();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InParentOnly {

		@Bean
		Object work() {
			return new Object();
		}

		@Bean
		@ConditionalOnParentProcess
		static BeanPostProcessor processor(ObjectProvider<MeterRegistry> registry) {
			return new BeanPostProcessor() {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InPostProcessor {

		@Bean
		Object work() {
			return new Object();
		}

		@Bean
		static BeanPostProcessor processor(ObjectProvider<MeterRegistry> registry) {
			return new BeanPostProcessor() {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithContext {

		@Bean
		Object work(ApplicationContext context) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithAnything {

		@Bean
		Object work(ObjectProvider<Object> anything) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithWorkerOnly {

		@Bean
		Object work() {
			return new Object();
		}

		@Bean
		@ConditionalOnProcessWorker
		Middle middle(ObjectProvider<MeterRegistry> registry) {
			return new Middle();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithNoWeb {

		@Bean
		Object work() {
			return new Object();
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnNotWebApplication
		static class Nested {

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyWork {

		@Bean
		@Lazy
		Work work() {
			return new Work();
		}

	}

}
