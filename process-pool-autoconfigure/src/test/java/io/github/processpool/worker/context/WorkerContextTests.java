package io.github.processpool.worker.context;

import java.util.Locale;

import org.junit.jupiter.api.Test;

import org.springframework.context.MessageSource;
import org.springframework.context.NoSuchMessageException;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.context.support.StaticMessageSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WorkerContext}.
 */
class WorkerContextTests {

	@Test
	void contextWithoutMessagesShouldAnswerAsSpringDoes() {
		try (WorkerContext context = new WorkerContext(new LookupGuard(AbsentBeans.NONE))) {
			context.refresh();
			assertThat(context.getBean(MessageSource.class)).isInstanceOf(LateMessageSource.class);
			assertThat(context.getMessage("a", new Object[] { 7 }, "the {0}", Locale.ROOT)).isEqualTo("the 7");
			assertThat(context.getMessage(new DefaultMessageSourceResolvable(null, null, "default"), null))
				.isEqualTo("default");
			assertThatExceptionOfType(NoSuchMessageException.class)
				.isThrownBy(() -> context.getMessage("a", null, Locale.ROOT));
		}
	}

	@Test
	void contextWithMessagesShouldHaveThem() {
		try (WorkerContext context = new WorkerContext(new LookupGuard(AbsentBeans.NONE))) {
			context.registerBean("messageSource", StaticMessageSource.class, () -> {
				StaticMessageSource source = new StaticMessageSource();
				source.addMessage("a", Locale.ROOT, "own");
				return source;
			});
			context.refresh();
			assertThat(context.getMessage("a", null, Locale.ROOT)).isEqualTo("own");
			assertThat(context.getBean(MessageSource.class)).isInstanceOf(StaticMessageSource.class);
		}
	}

}
