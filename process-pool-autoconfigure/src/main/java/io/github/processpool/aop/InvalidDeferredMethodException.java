package io.github.processpool.aop;

import java.util.List;
import java.util.stream.Collectors;

import io.github.processpool.ProcessPoolException;

/**
 * Methods are marked with {@link io.github.processpool.DeferToProcess} that can never run
 * in a worker. Thrown at start-up for all of them together.
 *
 * @since 0.1.0
 */
public class InvalidDeferredMethodException extends ProcessPoolException {

	private static final long serialVersionUID = 1L;

	private final transient List<DeferredMethodProblem> problems;

	public InvalidDeferredMethodException(List<DeferredMethodProblem> problems) {
		super(describe(problems));
		this.problems = List.copyOf(problems);
	}

	/**
	 * What is wrong, in the order of the beans.
	 * @return at least one problem
	 */
	public List<DeferredMethodProblem> getProblems() {
		return this.problems;
	}

	private static String describe(List<DeferredMethodProblem> problems) {
		return problems.stream()
			.map((problem) -> problem.describe() + " " + problem.remedy())
			.collect(Collectors.joining("\n", "@DeferToProcess cannot work here:\n", ""));
	}

}
