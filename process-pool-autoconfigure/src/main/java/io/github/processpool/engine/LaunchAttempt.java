package io.github.processpool.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.processpool.engine.launch.ChildJvm;
import io.github.processpool.engine.launch.WarmStart.Level;
import io.github.processpool.protocol.Boot;
import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.Ledger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to bring a process to the point where it is ready for tasks. Its files are
 * gone when it is closed. Confined to one thread.
 */
final class LaunchAttempt implements Closeable {

	private static final Logger logger = LoggerFactory.getLogger(LaunchAttempt.class);

	private final Path ledgerFile;

	private final Handshake handshake;

	private ChildJvm.@Nullable Prepared prepared;

	private boolean connected;

	LaunchAttempt(Path directory, String name, Duration timeout) throws IOException {
		this.ledgerFile = directory.resolve(name + ".ledger");
		this.handshake = new Handshake(directory, name, timeout);
	}

	/**
	 * What the process has to know from the start.
	 * @return arguments of its main class
	 */
	List<String> arguments() throws IOException {
		return List.of(this.handshake.address(), this.ledgerFile.toString());
	}

	/**
	 * Launches the process and waits until it has set itself up.
	 * @param process what to launch
	 * @param prepared how
	 * @param boot what it has to set up
	 * @param logs takes what it logs meanwhile
	 * @return what it says
	 * @throws IOException if it says nothing
	 */
	Frame run(WorkerProcess process, ChildJvm.Prepared prepared, Boot boot, LogTap logs) throws IOException {
		this.prepared = prepared;
		Process launched = process.launch(prepared.builder(), prepared.errorLog(), this.handshake.token());
		launched.onExit().thenRun(this.handshake::abort);
		process.connected(this.handshake.awaitWorker());
		this.connected = true;
		this.handshake.boot(boot.encode());
		return this.handshake.awaitReply(logs);
	}

	WorkerConnection connection(Ledger ledger, long maxPayload, LogTap logs) throws IOException {
		return this.handshake.connection(ledger, maxPayload, logs);
	}

	Ledger createLedger() throws IOException {
		return Ledger.create(this.ledgerFile);
	}

	/**
	 * How to launch again what ended before it was ready.
	 * @param level how it was launched
	 * @return a level with less of what may be the cause, or the same if that is not it
	 */
	Level colder(Level level) {
		ChildJvm.Prepared failed = this.prepared;
		if (failed != null && failed.archive() != null) {
			failed.archive().discard();
			return Level.FLAT;
		}
		return (failed != null && failed.extracted() && !this.connected) ? Level.NONE : level;
	}

	@Override
	public void close() throws IOException {
		try (this.handshake) {
			if (this.prepared != null) {
				delete(this.prepared.argFile());
			}
			delete(this.ledgerFile);
		}
	}

	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			logger.debug("{} goes with its directory at the latest", file, ex);
		}
	}

}
