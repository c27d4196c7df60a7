package io.github.processpool.sample;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

import io.github.processpool.PoolSnapshot;
import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessPools;
import io.github.processpool.WorkerSnapshot;
import io.github.processpool.WorkerState;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells which processes there are: the server and its workers.
 */
@RestController
class ServerController {

	private final ProcessPools pools;

	ServerController(ProcessPools pools) {
		this.pools = pools;
	}

	@GetMapping("/server")
	Server server() {
		Duration uptime = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
		List<Pool> pools = this.pools.names().stream().map(this.pools::get).map(Pool::of).toList();
		return new Server(ProcessHandle.current().pid(), uptime.toSeconds(), pools);
	}

	/**
	 * The application's own process.
	 */
	record Server(long pid, long uptimeSeconds, List<Pool> pools) {

	}

	/**
	 * A pool and the workers that it has at this moment.
	 */
	record Pool(String name, int maxSize, int queuedTasks, List<Worker> workers) {

		static Pool of(ProcessPool pool) {
			PoolSnapshot snapshot = pool.snapshot();
			List<Worker> workers = snapshot.workers().stream().map(Worker::of).toList();
			return new Pool(snapshot.name(), snapshot.maxSize(), snapshot.queuedTasks(), workers);
		}

	}

	/**
	 * A worker and what it is doing.
	 */
	record Worker(long pid, WorkerState state, @Nullable String task) {

		static Worker of(WorkerSnapshot worker) {
			return new Worker(worker.pid(), worker.state(), worker.currentTask());
		}

	}

}
