package io.github.processpool.slim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.processpool.ConditionalOnParentProcess;
import io.github.processpool.ConditionalOnProcessWorker;
import io.github.processpool.autoconfigure.ProcessPoolAutoConfiguration;
import io.github.processpool.autoconfigure.ProcessPoolObservationAutoConfiguration;
import io.github.processpool.slim.SlimPlan.Choice;
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
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
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
				ApplicationAvailabilityAutoConfiguration.class));

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
			InAnnotation.class, InCondition.class, InListener.class, InLazyBean.class, InPostProcessor.class })
	void whatABeanMayBeGivenStays(Class<?> configuration) {
		SlimPlan plan = plan(configuration, COMPUTE);
		assertThat(plan.reason()).isNull();
		assertThat(plan.slice().excluded()).doesNotContain(METRICS).contains(AVAILABILITY);
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
	@ValueSource(classes = { WithContext.class, WithAnything.class })
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
		ClassLoader loader = getClass().getClassLoader();
		assertThat(names).allSatisfy((name) -> assertThat(Class.forName(name, false, loader)).isNotNull());
		assertThat(RegistrarImports.of(DataJpaRepositoriesAutoConfiguration.class))
			.isEqualTo(RegistrarImports.REPOSITORIES);
		assertThat(RegistrarImports.of(DataSourceAutoConfiguration.class)).isEqualTo(RegistrarImports.NONE);
		assertThat(RegistrarImports.of(ProcessPoolAutoConfiguration.class)).isEqualTo(RegistrarImports.UNKNOWN);
	}

	private SlimPlan plan(Class<?> configuration, Choice choice) {
		SlimPlan[] plan = new SlimPlan[1];
		this.runner.withUserConfiguration(configuration)
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
