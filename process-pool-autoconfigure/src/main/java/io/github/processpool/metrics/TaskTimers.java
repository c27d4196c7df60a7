package io.github.processpool.metrics;

import java.time.Duration;

import io.github.processpool.TaskEvent;
import io.github.processpool.TaskTransfer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The timers of tasks of one kind. Each is registered with its first time, since tasks
 * that never run have none. Safe for use by many threads: a registry has each meter once.
 */
final class TaskTimers {

	private final MeterRegistry registry;

	private final ProcessPoolMeterConvention convention;

	private final TaskKind kind;

	private final Timer total;

	private volatile @Nullable Timer execution;

	private volatile @Nullable Timer encode;

	private volatile @Nullable Timer decode;

	TaskTimers(MeterRegistry registry, ProcessPoolMeterConvention convention, TaskKind kind) {
		this.registry = registry;
		this.convention = convention;
		this.kind = kind;
		this.total = timer(ProcessPoolMeters.TASK, kind.outcomeTags(convention));
	}

	void record(TaskEvent event) {
		this.total.record(event.total());
		if (event.executed() != null) {
			execution().record(event.executed());
		}
		TaskTransfer transfer = event.transfer();
		if (transfer != null) {
			encode().record(transfer.encode());
			Duration decoding = transfer.decode();
			if (decoding != null) {
				decode().record(decoding);
			}
		}
	}

	private Timer execution() {
		Timer timer = this.execution;
		if (timer == null) {
			timer = timer(ProcessPoolMeters.TASK_EXECUTION, this.kind.outcomeTags(this.convention));
			this.execution = timer;
		}
		return timer;
	}

	private Timer encode() {
		Timer timer = this.encode;
		if (timer == null) {
			timer = timer(ProcessPoolMeters.TASK_ENCODE, this.kind.tags(this.convention));
			this.encode = timer;
		}
		return timer;
	}

	private Timer decode() {
		Timer timer = this.decode;
		if (timer == null) {
			timer = timer(ProcessPoolMeters.TASK_DECODE, this.kind.tags(this.convention));
			this.decode = timer;
		}
		return timer;
	}

	private Timer timer(ProcessPoolMeters meter, Tags tags) {
		return Timer.builder(this.convention.getName(meter))
			.description(meter.getDescription())
			.tags(tags)
			.register(this.registry);
	}

}
