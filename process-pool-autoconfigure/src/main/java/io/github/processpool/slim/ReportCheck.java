package io.github.processpool.slim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.processpool.engine.RuntimeSetup.Objection;
import io.github.processpool.worker.context.BeanAdvice;
import io.github.processpool.worker.context.ContextReport;
import io.github.processpool.worker.context.ContextSlice;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Compares what a worker has made with the application's own beans: advice that is
 * missing shows nowhere else, and a transaction would be lost in silence.
 */
public final class ReportCheck {

	private final ConfigurableListableBeanFactory beanFactory;

	/**
	 * Creates a check.
	 * @param beanFactory factory of the application's context
	 */
	public ReportCheck(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Compares.
	 * @param slice what the worker was told
	 * @param report what it says
	 * @return the first difference, or {@code null} if there is none
	 */
	@Nullable Objection objection(ContextSlice slice, ContextReport report) {
		for (String request : report.requests()) {
			return new Objection("a bean that asks for " + request + " would not get it", true);
		}
		for (Map.Entry<String, String> bean : report.missing().entrySet()) {
			return new Objection("bean '" + bean.getKey() + "' cannot be made: " + bean.getValue(), true);
		}
		for (Map.Entry<String, String> bean : report.failed().entrySet()) {
			// Perhaps because a database is down
			return new Objection("bean '" + bean.getKey() + "' cannot be made: " + bean.getValue(), false);
		}
		String difference = difference(slice, report);
		return (difference != null) ? new Objection(difference, true) : null;
	}

	private @Nullable String difference(ContextSlice slice, ContextReport report) {
		for (Map.Entry<String, List<String>> bean : report.deferred().entrySet()) {
			List<String> expected = slice.beans().getOrDefault(bean.getKey(), List.of());
			if (!expected.equals(bean.getValue())) {
				return difference(bean.getKey(), expected, bean.getValue());
			}
		}
		for (Map.Entry<String, List<String>> bean : report.others().entrySet()) {
			String name = bean.getKey();
			Object own = this.beanFactory.containsBeanDefinition(name) ? this.beanFactory.getSingleton(name) : null;
			List<String> expected = (own != null) ? BeanAdvice.withClass(own) : bean.getValue();
			if (!expected.equals(bean.getValue())) {
				return difference(name, expected, bean.getValue());
			}
		}
		return null;
	}

	private static String difference(String bean, List<String> expected, List<String> actual) {
		if (isOfAnotherClass(expected, actual)) {
			return "bean '" + bean + "' is another one: " + actual + " in a worker, " + expected
					+ " in the application";
		}
		List<String> lost = new ArrayList<>(expected);
		lost.removeAll(actual);
		return "bean '" + bean + "' "
				+ (lost.isEmpty() ? "has other advice: " + actual + " in a worker, " + expected + " in the application"
						: "loses its advice " + String.join(", ", lost));
	}

	private static boolean isOfAnotherClass(List<String> expected, List<String> actual) {
		return !expected.isEmpty() && expected.get(0).startsWith(BeanAdvice.CLASS) && !actual.contains(expected.get(0));
	}

}
