package io.github.processpool.engine;

import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.processpool.TaskEvent.Outcome;
import io.github.processpool.engine.PendingTask.Owner;
import io.github.processpool.protocol.Payload;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tasks that end, without a pool.
 */
class PendingTaskTests {

	private static final TaskInfo INFO = new TaskInfo("test", "Test#call", "Test", "call", 0, 0, 1,
			TaskInfo.Source.OPTIONS, false, false);

	static Stream<Named<Consumer<PendingTask<Object>>>> ends() {
		return Stream.of(Named.of("a value", (task) -> task.settle(() -> Delivery.value("done"))),
				Named.of("a failure",
						(task) -> task.settle(() -> Delivery.failure(Outcome.ERROR, new IllegalStateException()))),
				Named.of("cancel", (task) -> task.cancel(true)), Named.of("complete", (task) -> task.complete("mine")),
				Named.of("a rejection", (task) -> task.rejected(Outcome.REJECTED, new IllegalStateException())));
	}

	@ParameterizedTest
	@MethodSource("ends")
	void endedTaskShouldNotHoldItsPayload(Consumer<PendingTask<Object>> end) {
		PendingTask<Object> task = new PendingTask<>(INFO, NoOwner.INSTANCE, null);
		task.encoded(Payload.of(new byte[1000]));
		end.accept(task);
		assertThat(task).isDone();
		assertThat(task.payload().size()).isZero();
	}

	@Test
	void outcomeShouldBeDeliveredWhenNoThreadCanBeMade() {
		Owner owner = mock();
		given(owner.executor()).willReturn((delivery) -> {
			throw new OutOfMemoryError("unable to create native thread");
		});
		PendingTask<Object> task = new PendingTask<>(INFO, owner, null);
		task.settle(() -> Delivery.value("done"));
		assertThat(task).isCompletedWithValue("done");
	}

	@ParameterizedTest
	@MethodSource("ends")
	void taskThatEndsWhileItWaitsShouldNotUpsetTheCountOfBytes(Consumer<PendingTask<Object>> end) {
		TaskQueue queue = new TaskQueue();
		PendingTask<Object> task = new PendingTask<>(INFO, NoOwner.INSTANCE, null);
		task.encoded(Payload.of(new byte[1000]));
		queue.addLast(task);
		end.accept(task);
		assertThat(queue.bytes()).isEqualTo(1000);
		assertThat(queue.poll()).isSameAs(task);
		assertThat(queue.bytes()).isZero();
	}

}
