package io.github.processpool.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.github.processpool.ProcessPool;

/**
 * A parent process that the tests kill: starts workers, brings them into the state that
 * its argument names, and waits.
 */
public final class DoomedParent {

	private DoomedParent() {
	}

	public static void main(String[] args) throws Exception {
		String state = args[0];
		Path directory = Path.of(args[1]);
		ProcessPool pool = Pools.small().coreSize(2).build();
		((ManagedPool) pool).startWorkers();
		switch (state) {
			case "starting" -> directory.resolve("not needed");
			case "idle" -> pool.submit(Deeds.pid()).get(20, TimeUnit.SECONDS);
			case "spinning" -> {
				pool.submit(Deeds.spin(directory.resolve("started-1")));
				pool.submit(Deeds.spin(directory.resolve("started-2")));
			}
			case "collecting" -> {
				pool.submit(collect(directory.resolve("started-1").toString()));
				pool.submit(collect(directory.resolve("started-2").toString()));
			}
			case "native" -> {
				pool.submit(readForEver(directory.resolve("started-1").toString()));
				pool.submit(readForEver(directory.resolve("started-2").toString()));
			}
			case "grandchildren" -> {
				pool.submit(sleepInChild(directory.resolve("started-1").toString()));
				pool.submit(sleepInChild(directory.resolve("started-2").toString()));
			}
			default -> throw new IllegalArgumentException(state);
		}
		Files.writeString(directory.resolve("parent-ready"), "");
		Thread.sleep(120_000);
	}

	private static io.github.processpool.ProcessTask<Integer> collect(String started) {
		return () -> {
			Files.writeString(Path.of(started), "");
			Object[] live = new Object[200_000];
			int count = 0;
			while (count >= 0) {
				for (int i = 0; i < live.length; i++) {
					live[i] = new byte[100];
				}
				System.gc();
				count = live.length;
			}
			return count;
		};
	}

	private static io.github.processpool.ProcessTask<Integer> readForEver(String started) {
		return () -> {
			try (java.net.ServerSocket server = new java.net.ServerSocket(0, 1,
					java.net.InetAddress.getLoopbackAddress());
					java.net.Socket client = new java.net.Socket(server.getInetAddress(), server.getLocalPort())) {
				Files.writeString(Path.of(started), "");
				return client.getInputStream().read();
			}
		};
	}

	private static io.github.processpool.ProcessTask<Integer> sleepInChild(String started) {
		return () -> {
			try {
				Process child = new ProcessBuilder("sleep", "600").start();
				Files.writeString(Path.of(started), "");
				return child.waitFor();
			}
			catch (IOException ex) {
				return -1;
			}
		};
	}

}
