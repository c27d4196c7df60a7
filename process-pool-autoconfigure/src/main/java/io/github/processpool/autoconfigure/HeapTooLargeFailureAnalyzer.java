package io.github.processpool.autoconfigure;

import io.github.processpool.engine.launch.HeapTooLargeException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that workers do not fit into memory.
 */
final class HeapTooLargeFailureAnalyzer extends AbstractFailureAnalyzer<HeapTooLargeException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, HeapTooLargeException cause) {
		return new FailureAnalysis(cause.getDescription(), cause.getAction(), cause);
	}

}
