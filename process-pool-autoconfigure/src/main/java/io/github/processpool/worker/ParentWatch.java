package io.github.processpool.worker;

import java.io.IOException;
import java.io.InputStream;

import io.github.processpool.protocol.ExitCode;

/**
 * Ends the worker when its parent is gone: standard input tells within milliseconds, the
 * process handle is the second line.
 */
final class ParentWatch {

	private ParentWatch() {
	}

	static void watchProcess() {
		ProcessHandle.current()
			.parent()
			.ifPresent((parent) -> parent.onExit().thenRun(() -> WorkerExit.now(ExitCode.PARENT_GONE)));
	}

	static void watchStream(InputStream stdin) {
		Thread thread = new Thread(() -> awaitEnd(stdin), "processpool-parent-watch");
		thread.setDaemon(true);
		thread.setPriority(Thread.MAX_PRIORITY);
		thread.start();
	}

	private static void awaitEnd(InputStream stdin) {
		byte[] ignored = new byte[64];
		try {
			int count = stdin.read(ignored);
			while (count >= 0) {
				count = stdin.read(ignored);
			}
		}
		catch (IOException ex) {
			// As good as the end of the stream
		}
		finally {
			WorkerExit.now(ExitCode.PARENT_GONE);
		}
	}

}
