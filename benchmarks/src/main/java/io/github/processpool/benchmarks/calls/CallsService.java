package io.github.processpool.benchmarks.calls;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.processpool.DeferToProcess;

import org.springframework.stereotype.Service;

/**
 * The bean that is measured.
 */
@Service
public class CallsService {

	@DeferToProcess
	public CompletableFuture<Integer> noop(int value) {
		return CompletableFuture.completedFuture(value);
	}

	@DeferToProcess
	public int noopNow(int value) {
		return value;
	}

	@DeferToProcess
	public int length(byte[] value) {
		return value.length;
	}

	@DeferToProcess
	public byte[] echo(byte[] value) {
		return value;
	}

	@DeferToProcess
	public List<Item> echoItems(List<Item> value) {
		return value;
	}

	@DeferToProcess
	public CompletableFuture<Integer> burn(int millis) {
		return CompletableFuture.completedFuture(Work.burn(millis));
	}

	@DeferToProcess
	public CompletableFuture<Long> churn(int millis) {
		return CompletableFuture.completedFuture(Churn.run(millis));
	}

	@DeferToProcess
	public CompletableFuture<Integer> fixedWork() {
		return CompletableFuture.completedFuture(FixedWork.run());
	}

}
