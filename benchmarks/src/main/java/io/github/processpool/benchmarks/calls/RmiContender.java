package io.github.processpool.benchmarks.calls;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.processpool.benchmarks.ChildJava;

/**
 * Java RMI over the loopback: two servers, called in turn. A call needs a thread until it
 * is answered; more threads than these made it slower.
 */
public final class RmiContender extends CallingContender {

	/** Name of the contender. */
	public static final String NAME = "RMI";

	private static final int THREADS = 16;

	private final List<ChildJava> children = new ArrayList<>();

	private final List<RmiService> services = new ArrayList<>();

	private final List<ExecutorService> burners = new ArrayList<>();

	private final ExecutorService threads = threads(THREADS);

	private int burns;

	/**
	 * Starts the servers.
	 * @param workers how many
	 * @throws IOException if one cannot be started
	 */
	public RmiContender(int workers) throws IOException {
		for (int i = 0; i < workers; i++) {
			this.children.add(ChildJava.start(List.of(),
					List.of("-XX:+UseSerialGC", "-Xmx512m", "-Djava.rmi.server.hostname=127.0.0.1"),
					RmiServer.class.getName(), List.of()));
		}
		for (ChildJava child : this.children) {
			this.burners.add(threads(1));
			try (ObjectInputStream in = new ObjectInputStream(child.process().getInputStream())) {
				this.services.add((RmiService) in.readObject());
			}
			catch (ClassNotFoundException ex) {
				throw new IOException(ex);
			}
		}
	}

	private static ExecutorService threads(int count) {
		return Executors.newFixedThreadPool(count, (task) -> {
			Thread thread = new Thread(task, "rmi-caller");
			thread.setDaemon(true);
			return thread;
		});
	}

	@Override
	public String name() {
		return NAME;
	}

	private RmiService service(int number) {
		return this.services.get(number % this.services.size());
	}

	@Override
	int call(int value) throws Exception {
		return this.services.get(0).noop(value);
	}

	@Override
	Future<Integer> submit(int value) {
		return this.threads.submit(() -> service(value).noop(value));
	}

	@Override
	byte[] echo(byte[] value) throws Exception {
		return this.services.get(0).echo(value);
	}

	@Override
	List<Item> echo(List<Item> value) throws Exception {
		return this.services.get(0).echoItems(value);
	}

	@Override
	Future<Integer> burn(int millis) {
		// A thread per server, or one of them would have more than its share
		int server = this.burns++ % this.services.size();
		return this.burners.get(server).submit(() -> this.services.get(server).burn(millis));
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
		this.burners.forEach(ExecutorService::shutdownNow);
		this.children.forEach(ChildJava::close);
	}

}
