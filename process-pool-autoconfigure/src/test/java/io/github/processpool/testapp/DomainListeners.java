package io.github.processpool.testapp;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Hear of events that the application publishes itself.
 */
final class DomainListeners {

	private DomainListeners() {
	}

	/**
	 * A listener method.
	 */
	@Component
	static class ListenerMethod {

		private final Journal journal;

		ListenerMethod(Journal journal) {
			this.journal = journal;
		}

		@EventListener
		void on(DomainEvent event) {
			this.journal.note("domain-method-" + event.what());
		}

	}

	/**
	 * A listener bean.
	 */
	@Component
	static class ListenerBean implements ApplicationListener<PayloadApplicationEvent<DomainEvent>> {

		private final Journal journal;

		ListenerBean(Journal journal) {
			this.journal = journal;
		}

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<DomainEvent> event) {
			this.journal.note("domain-bean-" + event.getPayload().what());
		}

	}

}
