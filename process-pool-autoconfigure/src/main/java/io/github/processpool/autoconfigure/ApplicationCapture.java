package io.github.processpool.autoconfigure;

import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Notes in each context how its application was started.
 */
final class ApplicationCapture implements ApplicationListener<ApplicationPreparedEvent> {

	@Override
	public void onApplicationEvent(ApplicationPreparedEvent event) {
		CapturedApplication.of(event.getSpringApplication(), event.getArgs())
			.registerWith(event.getApplicationContext().getBeanFactory());
	}

}
