package io.github.processpool.testapp;

import java.time.Duration;
import java.time.Instant;

import jakarta.annotation.PostConstruct;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.stereotype.Component;

/**
 * Everything that acts without being called.
 */
@Configuration(proxyBeanMethods = false)
class SideEffects {

	@Bean
	ApplicationRunner applicationRunner(Journal journal, DocumentRepository documents) {
		return (args) -> {
			documents.save(new Document("saved by the parent"));
			journal.note("application-runner");
		};
	}

	@Bean
	CommandLineRunner commandLineRunner(Journal journal) {
		return (args) -> journal.note("command-line-runner");
	}

	@Bean
	ApplicationListener<ContextRefreshedEvent> refreshedListener(Journal journal) {
		return new RefreshedListener(journal);
	}

	@Bean
	SmartInitializingSingleton smartSingleton(Journal journal) {
		return () -> journal.note("smart-singleton");
	}

	@Bean
	SchedulingConfigurer schedulingConfigurer(Journal journal) {
		return (registrar) -> {
			registrar.addFixedRateTask(() -> journal.note("scheduled-by-code"), Duration.ofMillis(200));
			journal.note("scheduling-configurer");
		};
	}

	@Bean
	Callback flywayCallback(Journal journal) {
		return new MigrationCallback(journal);
	}

	private record RefreshedListener(Journal journal) implements ApplicationListener<ContextRefreshedEvent> {

		@Override
		public void onApplicationEvent(ContextRefreshedEvent event) {
			this.journal.note("refreshed-bean");
		}

	}

	private record MigrationCallback(Journal journal) implements Callback {

		@Override
		public boolean supports(Event event, Context context) {
			return event == Event.AFTER_MIGRATE;
		}

		@Override
		public boolean canHandleInTransaction(Event event, Context context) {
			return true;
		}

		@Override
		public void handle(Event event, Context context) {
			this.journal.note("migration");
		}

		@Override
		public String getCallbackName() {
			return "journal";
		}

	}

	/**
	 * Is made when the application starts.
	 */
	@Component
	@Lazy(false)
	static class Eager {

		private final Journal journal;

		Eager(Journal journal) {
			this.journal = journal;
		}

		@PostConstruct
		void init() {
			this.journal.note("eager");
		}

	}

	/**
	 * Ticks.
	 */
	@Component
	static class Ticker {

		private final Journal journal;

		Ticker(Journal journal, TaskScheduler scheduler) {
			this.journal = journal;
			scheduler.schedule(() -> journal.note("task-scheduler"), Instant.now());
		}

		@Scheduled(fixedRate = 200)
		void tick() {
			this.journal.note("scheduled");
		}

	}

	/**
	 * Hears of the application's life.
	 */
	@Component
	static class LifeListener {

		private final Journal journal;

		LifeListener(Journal journal) {
			this.journal = journal;
		}

		@EventListener
		void ready(ApplicationReadyEvent event) {
			this.journal.note("ready");
		}

		@EventListener
		void started(ApplicationStartedEvent event) {
			this.journal.note("started");
		}

		@EventListener
		void refreshed(ContextRefreshedEvent event) {
			this.journal.note("refreshed-method");
		}

		@EventListener
		void closed(ContextClosedEvent event) {
			this.journal.note("closed");
		}

		@EventListener
		void available(AvailabilityChangeEvent<ReadinessState> event) {
			this.journal.note("available");
		}

		@EventListener
		void web(WebServerInitializedEvent event) {
			this.journal.note("web-server");
			this.journal.note("port=" + event.getWebServer().getPort());
		}

	}

	/**
	 * Starts and stops as a container of message listeners does.
	 */
	@Component
	static class ListenerContainer implements SmartLifecycle {

		private final Journal journal;

		private volatile boolean running;

		ListenerContainer(Journal journal) {
			this.journal = journal;
		}

		@Override
		public void start() {
			this.running = true;
			this.journal.note("lifecycle-start");
		}

		@Override
		public void stop() {
			this.running = false;
			this.journal.note("lifecycle-stop");
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

	}

}
