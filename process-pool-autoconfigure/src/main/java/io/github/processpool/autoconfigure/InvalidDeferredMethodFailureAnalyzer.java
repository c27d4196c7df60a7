package io.github.processpool.autoconfigure;

import java.util.List;
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
		List<DeferredMethodProblem> problems = cause.getProblems().stream().distinct().toList();
		boolean single = problems.size() == 1;
		String description = problems.stream()
			.map((problem) -> "    - " + problem.describe() + (single ? "" : "\n      -> " + problem.remedy()))
			.collect(Collectors.joining("\n", "@DeferToProcess cannot work here:\n\n", ""));
		String action = single ? problems.get(0).remedy() : "Do for each of them what stands behind its arrow.";
		return new FailureAnalysis(description, action, cause);
	}

}
