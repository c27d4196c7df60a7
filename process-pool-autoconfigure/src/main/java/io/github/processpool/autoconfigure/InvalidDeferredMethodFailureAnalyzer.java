package io.github.processpool.autoconfigure;

import java.util.stream.Collectors;

import io.github.processpool.aop.DeferredMethodProblem;
import io.github.processpool.aop.InvalidDeferredMethodException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains methods that can never run in a worker.
 */
final class InvalidDeferredMethodFailureAnalyzer extends AbstractFailureAnalyzer<InvalidDeferredMethodException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidDeferredMethodException cause) {
		String description = cause.getProblems()
			.stream()
			.map((problem) -> "    - " + problem.describe())
			.distinct()
			.collect(Collectors.joining("\n", "@DeferToProcess cannot work here:\n\n", ""));
		String action = cause.getProblems()
			.stream()
			.map(DeferredMethodProblem::remedy)
			.distinct()
			.collect(Collectors.joining("\n"));
		return new FailureAnalysis(description, action, cause);
	}

}
