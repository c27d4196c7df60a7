package io.github.processpool.aop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.processpool.PoolSnapshot;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;
import io.github.processpool.TaskOptions;
import io.github.processpool.engine.SubmittedCall;
import org.jspecify.annotations.Nullable;

/**
 * A pool that notes what it is asked for and answers as a test says.
 */
public class ScriptedPool implements ProcessPool {

	private final String name;

	private final List<SubmittedCall> calls = new ArrayList<>();

	private Function<ProcessTask<?>, CompletableFuture<?>> script = ScriptedPool::runHere;

	public ScriptedPool(String name) {
		this.name = name;
	}

	private static CompletableFuture<?> runHere(ProcessTask<?> task) {
		try {
			return CompletableFuture.completedFuture(task.call());
		}
		catch (Throwable ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	public void answer(CompletableFuture<?> future) {
		this.script = (task) -> future;
	}

	public void answer(Function<ProcessTask<?>, CompletableFuture<?>> script) {
		this.script = script;
	}

	public List<SubmittedCall> calls() {
		return this.calls;
	}

	public SubmittedCall call() {
		return this.calls.get(this.calls.size() - 1);
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T extends @Nullable Object> CompletableFuture<T> submit(ProcessTask<T> task, TaskOptions options) {
		this.calls.add(SubmittedCall.of(task, options));
		return (CompletableFuture<T>) this.script.apply(task);
	}

	@Override
	public PoolSnapshot snapshot() {
		return new PoolSnapshot(this.name, 0, 1, 0, 0, List.of(), List.of(), null);
	}

	@Override
	public void resize(int coreSize, int maxSize) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void close() {
	}

}
