package io.github.processpool.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessPool;
import io.github.processpool.ProcessTask;

/**
 * The main class of a {@link ParentProcess}.
 */
public final class LimitedParent {

	private final Path directory;

	private LimitedParent(Path directory) {
		this.directory = directory;
	}

	public static void main(String[] args) throws Exception {
		LimitedParent parent = new LimitedParent(Path.of(args[1]));
		switch (args[0]) {
			case "two busy and one waiting" -> parent.twoBusyAndOneWaiting();
			case "exit while busy" -> parent.exitWhileBusy();
			case "submit while exiting" -> parent.submitWhileExiting();
			case "eat memory" -> parent.eatMemory();
			case "first task without threads" -> parent.firstTaskWithoutThreads();
			case "lose the worker without threads" -> parent.loseTheWorkerWithoutThreads();
			default -> throw new IllegalArgumentException(args[0]);
		}
	}

	private void twoBusyAndOneWaiting() throws Exception {
		ProcessPool pool = Pools.small().shutdownTimeout(Duration.ofSeconds(15)).build();
		for (int i = 1; i <= 3; i++) {
			String name = "ended-" + i;
			pool.submit(tellAndWait(this.directory.toString(), i)).thenAccept((value) -> say(name, value));
		}
		Thread.sleep(120_000);
	}

	private void exitWhileBusy() throws Exception {
		ProcessPool pool = Pools.small().maxSize(1).build();
		pool.submit(tellAndWait(this.directory.toString(), 1)).thenAccept((value) -> say("ended-1", value));
		awaitFile("started-1");
		System.exit(0);
	}

	private void submitWhileExiting() {
		ProcessPool pool = Pools.small().build();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> say("outcome", outcome(pool.submit(Deeds.pid())))));
		System.exit(0);
	}

	private void eatMemory() throws Exception {
		ProcessPool pool = Pools.small().maxSize(1).jvmArgs("-XX:MaxDirectMemorySize=8g").build();
		say("ready", outcome(pool.submit(Deeds.pid())));
		awaitFile("limited");
		say("eaten", outcome(pool.submit(eat())));
		say("next", outcome(pool.submit(Deeds.pid())));
		pool.close();
	}

	private void firstTaskWithoutThreads() throws Exception {
		ProcessPool pool = Pools.small().maxSize(1).build();
		outcome(CompletableFuture.completedFuture("loads classes"));
		say("ready", "");
		awaitFile("limited");
		say("refused", outcome(pool.submit(Deeds.pid())));
		awaitFile("unlimited");
		say("next", recovered(pool));
		pool.close();
	}

	private void loseTheWorkerWithoutThreads() throws Exception {
		ProcessPool pool = Pools.small().maxSize(1).build();
		say("ready", Long.toString(pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS)));
		awaitFile("limited");
		CompletableFuture<Long> task = pool.submit(Deeds.pid());
		awaitFile("unlimited");
		say("outcome", outcome(task));
		say("next", recovered(pool));
		pool.close();
	}

	private static String recovered(ProcessPool pool) {
		String outcome = "";
		for (int i = 0; i < 40 && !outcome.startsWith("value"); i++) {
			outcome = outcome(pool.submit(Deeds.pid()));
		}
		return outcome;
	}

	private static ProcessTask<String> tellAndWait(String directory, int number) {
		return () -> {
			Files.writeString(Path.of(directory, "started-" + number), "\n");
			while (!Files.exists(Path.of(directory, "release"))) {
				Thread.sleep(5);
			}
			return "released";
		};
	}

	private static ProcessTask<Integer> eat() {
		return () -> {
			List<ByteBuffer> hoard = new ArrayList<>();
			while (true) {
				ByteBuffer buffer = ByteBuffer.allocateDirect(4 * 1024 * 1024);
				for (int i = 0; i < buffer.capacity(); i += 4096) {
					buffer.put(i, (byte) 1);
				}
				hoard.add(buffer);
			}
		};
	}

	private static String outcome(CompletableFuture<?> future) {
		try {
			return "value " + future.get(30, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			return ex.getCause().toString();
		}
		catch (Exception ex) {
			return ex.toString();
		}
	}

	private void awaitFile(String name) throws InterruptedException {
		while (!Files.exists(this.directory.resolve(name))) {
			Thread.sleep(10);
		}
	}

	private void say(String name, String text) {
		try {
			Path file = Files.writeString(this.directory.resolve(name + ".new"), text + "\n");
			Files.move(file, this.directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
