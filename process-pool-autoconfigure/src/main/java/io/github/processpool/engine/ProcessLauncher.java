package io.github.processpool.engine;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.processpool.ProcessWorker;
import io.github.processpool.WorkerStartException;
import io.github.processpool.codec.ThrowableCodec;
import io.github.processpool.engine.RuntimeSetup.Objection;
import io.github.processpool.engine.launch.ChildJvm;
import io.github.processpool.engine.launch.ClassArchive;
import io.github.processpool.engine.launch.WarmStart;
import io.github.processpool.engine.launch.WarmStart.Level;
import io.github.processpool.protocol.Boot;
import io.github.processpool.protocol.ExitCode;
import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.Ledger;
import io.github.processpool.protocol.ProtocolException;
import io.github.processpool.protocol.SettingNames;
import io.github.processpool.protocol.WorkerCommand;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Launches real processes.
 */
final class ProcessLauncher implements WorkerLauncher {

	private static final Logger logger = LoggerFactory.getLogger(ProcessLauncher.class);

	/** It runs at the lowest priority, and in memory that may be short. */
	private static final Duration TRAINING_LIMIT = Duration.ofMinutes(5);

	private final PoolConfig config;

	private final Path directory;

	private final long maxHeap;

	private final ThrowableCodec throwables;

	private final LogForwarder logs;

	private final StartFailureText text;

	/** Falls for good when workers turn out not to start otherwise. */
	private volatile Level level;

	ProcessLauncher(PoolConfig config, Path directory, long maxHeap, ThrowableCodec throwables, LogForwarder logs) {
		this.config = config;
		this.directory = directory;
		this.maxHeap = maxHeap;
		this.throwables = throwables;
		this.logs = logs;
		this.text = new StartFailureText(config, directory);
		this.level = warmStart(config).level();
	}

	@Override
	public WorkerConnection launch(int workerId, WorkerProcess process) {
		String name = this.config.name() + "-" + workerId;
		LogTap tap = this.logs.tap(workerId, process);
		Level level = this.level;
		boolean struckBefore = false;
		SetupChoice setup = new SetupChoice(name, this.config.worker().setup());
		while (true) {
			Level next;
			try (LaunchAttempt attempt = new LaunchAttempt(this.directory, name, this.config.startupTimeout())) {
				try {
					Ledger ledger = attempt.createLedger();
					ChildJvm.Prepared prepared = prepare(name, attempt.arguments(), workerId, level, setup);
					if (setup.fallBackAsBefore(prepared.memory())) {
						continue;
					}
					Frame reply = attempt.run(process, prepared, boot(workerId, setup), tap);
					Objection objection = objection(reply, setup);
					if (objection == null || !setup.fallBack(objection, prepared.memory())) {
						checkReady(reply, name);
						if (level == Level.NONE) {
							this.level = level;
						}
						return ready(attempt, prepared, setup, tap, ledger, process);
					}
					process.dismiss();
					next = level;
				}
				catch (IOException ex) {
					boolean ended = process.endsByItself();
					boolean struck = ended && !struckBefore && process.awaitDeath().isByOthers();
					next = (ended && !struck) ? attempt.colder(level) : level;
					if (next == level && !struck) {
						if (process.isKilled()
								|| !setup.fallBack(new Objection(String.valueOf(ex.getMessage()), false), null)) {
							throw ex;
						}
						process.dismiss();
					}
					struckBefore |= struck;
					logger.info("pool {}: worker {} did not get ready, it is launched again{}", this.config.name(),
							workerId, (next == level) ? "" : with(next));
				}
			}
			catch (WorkerStartException ex) {
				process.kill();
				throw ex;
			}
			catch (IOException | RuntimeException | OutOfMemoryError ex) {
				boolean alive = process.isAlive();
				process.kill();
				throw new WorkerStartException(this.text.ended(process.awaitDeath(), alive, ex), ex);
			}
			process.awaitDeath();
			level = next;
		}
	}

	private WorkerConnection ready(LaunchAttempt attempt, ChildJvm.Prepared prepared, SetupChoice setup, LogTap tap,
			Ledger ledger, WorkerProcess process) throws IOException {
		setup.ready();
		if (prepared.archive() != null) {
			process.warm();
		}
		WorkerConnection connection = attempt.connection(ledger, this.config.maxPayloadSize(), tap);
		this.logs.connected(connection);
		return connection;
	}

	/**
	 * Why a worker that has set itself up, or failed to, must be told another setup.
	 */
	private @Nullable Objection objection(Frame reply, SetupChoice setup) {
		return switch (reply.type()) {
			case READY -> setup.current().objection(reply.body());
			case START_FAILED -> new Objection("its start failed: " + this.throwables.decode(reply.body()), true);
			default -> null;
		};
	}

	private static String with(Level level) {
		return (level == Level.FLAT) ? " with no archive of classes" : " with the class path of this JVM";
	}

	/**
	 * Whether workers of this pool are launched with an archive of classes. Those that
	 * have no context start faster with the JVM's own.
	 */
	boolean usesArchives() {
		return this.level == Level.ARCHIVE;
	}

	/**
	 * Has an archive of classes made, unless there is one or there can be none.
	 * @param process what to launch for that; it can be killed meanwhile
	 * @return size of the archive in bytes, or 0 if none was made
	 * @throws IOException if that failed
	 */
	long train(WorkerProcess process) throws IOException {
		String name = this.config.name() + "-training";
		SetupChoice setup = new SetupChoice(name, this.config.worker().setup());
		try (LaunchAttempt attempt = new LaunchAttempt(this.directory, name, TRAINING_LIMIT)) {
			attempt.createLedger();
			List<String> arguments = new ArrayList<>(attempt.arguments());
			arguments.add(WorkerCommand.TRAINING);
			ChildJvm.Prepared prepared = prepare(name, arguments, 0, Level.TRAINING, setup);
			try (ClassArchive archive = prepared.archive()) {
				if (archive == null) {
					Files.deleteIfExists(prepared.argFile());
					return 0;
				}
				// What it logs has been logged by a worker before
				prepared.builder().redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
				try {
					Frame reply = attempt.run(process, prepared, boot(0, setup), LogTap.NONE);
					checkReady(reply, name);
					Objection objection = objection(reply, setup);
					if (objection != null) {
						throw new IOException(objection.reason());
					}
					int exitCode = process.awaitEnd(TRAINING_LIMIT);
					if (exitCode != ExitCode.OK.code()) {
						throw new IOException("the process that makes an archive ended with " + exitCode);
					}
					return archive.publish();
				}
				catch (IOException ex) {
					if (process.endsByItself()) {
						archive.giveUp();
					}
					throw ex;
				}
			}
		}
		finally {
			process.kill();
			process.awaitDeath();
		}
	}

	private Boot boot(int workerId, SetupChoice setup) {
		return new Boot(this.config.name(), workerId, this.config.worker().runtime(), setup.current().settings(),
				this.config.codec().name(), this.config.allow(), this.config.maxPayloadSize(),
				this.config.maxRetainedHeap(), this.logs.integrations().propagatorClasses(), this.logs.settings());
	}

	private ChildJvm.Prepared prepare(String name, List<String> arguments, int workerId, Level level, SetupChoice setup)
			throws IOException {
		WorkerConfig worker = this.config.worker();
		Map<String, String> properties = new HashMap<>(Map.of(ProcessWorker.POOL_PROPERTY, this.config.name(),
				SettingNames.SYSTEM_PROPERTY, this.config.settings().prefix()));
		return ChildJvm.prepare(new ChildJvm.Spec(WorkerCommand.MAIN_CLASS, arguments, worker.classLoader(),
				worker.javaHome(), this.maxHeap, worker.jvmArgs(), (workerId == 1) ? worker.debugPort() : 0, properties,
				worker.workingDirectory(), worker.environment(), worker.inheritEnvironment(), worker.commandPrefix(),
				warmStart(this.config).withLevel(level).withProfile(setup.current().profile()), this.directory, name));
	}

	static WarmStart warmStart(PoolConfig config) {
		WorkerConfig worker = config.worker();
		if (!worker.warmStart()) {
			return WarmStart.NONE;
		}
		boolean plain = worker.runtime().equals(WorkerCommand.PLAIN_RUNTIME);
		return new WarmStart(plain ? Level.FLAT : Level.ARCHIVE, worker.cacheDirectory(),
				config.settings().of("worker.cache-directory"), config.name() + " " + worker.runtime());
	}

	private void checkReady(Frame reply, String name) throws IOException {
		if (reply.type() == FrameType.START_FAILED) {
			Throwable cause = this.throwables.decode(reply.body());
			throw new WorkerStartException(this.text.reported(name, cause), cause);
		}
		if (reply.type() != FrameType.READY) {
			throw new ProtocolException("expected READY but got " + reply.type());
		}
	}

}
