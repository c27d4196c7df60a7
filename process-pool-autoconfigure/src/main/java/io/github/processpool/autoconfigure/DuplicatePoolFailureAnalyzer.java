package io.github.processpool.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that two pools have one name.
 */
final class DuplicatePoolFailureAnalyzer extends AbstractFailureAnalyzer<DuplicatePoolException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicatePoolException cause) {
		return new FailureAnalysis(cause.getDescription(), cause.getAction(), cause);
	}

}
