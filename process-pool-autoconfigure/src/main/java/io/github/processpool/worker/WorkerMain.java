package io.github.processpool.worker;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.github.processpool.SerializationCodec;
import io.github.processpool.codec.Codecs;
import io.github.processpool.codec.ThrowableCodec;
import io.github.processpool.codec.TypeFilter;
import io.github.processpool.codec.ValueCodec;
import io.github.processpool.protocol.Boot;
import io.github.processpool.protocol.BriefSpin;
import io.github.processpool.protocol.ExitCode;
import io.github.processpool.protocol.FrameChannel;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.Hello;
import io.github.processpool.protocol.Ledger;
import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.SettingNames;
import io.github.processpool.protocol.WorkerCommand;
import org.slf4j.LoggerFactory;

/**
 * Main class of a worker. Its main thread is the task thread: it sets up what tasks run
 * in and then runs one task after the other, until the parent is gone.
 */
public final class WorkerMain {

	/** Largest body of the messages before the parent has told the limit. */
	private static final long NO_PAYLOAD = 0;

	private static final int LONGEST_TOKEN = 256;

	private static final int MOST_MEMORABLE_ERROR = 16 * 1024 * 1024;

	private WorkerMain() {
	}

	/**
	 * Runs the worker.
	 * @param args as {@link WorkerCommand} says
	 */
	public static void main(String[] args) {
		boolean training = List.of(args).contains(WorkerCommand.TRAINING);
		if (training) {
			WorkerExit.training();
		}
		ParentWatch.watchProcess();
		ProcessSetup.apply();
		InputStream stdin = System.in;
		System.setIn(InputStream.nullInputStream());
		try {
			String token = readToken(stdin);
			ParentWatch.watchStream(stdin);
			run(args[0], Path.of(args[1]), token, training);
		}
		catch (EOFException ex) {
			WorkerExit.now(ExitCode.PARENT_GONE);
		}
		catch (Throwable ex) {
			// Whatever it is, a worker whose task thread has ended must not live on
			try {
				LoggerFactory.getLogger(WorkerMain.class).error("lost the connection to the parent", ex);
			}
			finally {
				WorkerExit.now(ExitCode.CONNECTION_LOST);
			}
		}
	}

	private static void run(String address, Path ledgerFile, String token, boolean training) throws IOException {
		Ledger ledger = Ledger.open(ledgerFile);
		FrameChannel control = connect(address, NO_PAYLOAD);
		control.send(FrameType.HELLO, 0, 0, new Hello(token, ProcessHandle.current().pid(), true).encode());
		SocketChannel socket = open(address);
		FrameChannel data = new FrameChannel(socket, NO_PAYLOAD);
		data.send(FrameType.HELLO, 0, 0, new Hello(token, ProcessHandle.current().pid(), false).encode());
		Boot boot = Boot.decode(data.receive());
		data.detach();
		data = new FrameChannel(socket, boot.maxPayload());
		TypeFilter filter = TypeFilter.of(boot.allow(), SettingNames.ofThisWorker());
		SpanOutput.connect(control);
		// A context logs while it starts
		boolean plain = boot.runtime().equals(WorkerCommand.PLAIN_RUNTIME);
		WorkerLog log = WorkerLog.start(boot.logs(), control, plain);
		WorkerRuntime runtime = start(boot, data, filter);
		ThrowableCodec throwables = new ThrowableCodec(filter, runtime.classLoader());
		ValueCodec values = new ValueCodec(SerializationCodec.valueOf(boot.codec()), filter, runtime.classLoader());
		TaskRunner runner = new TaskRunner(runtime, values, throwables,
				Propagators.carrier(boot, runtime, filter, values, log), log, ledger, data, boot.maxPayload(),
				new RetainedHeap(boot.maxRetainedHeap(), control));
		ControlLoop.start(control, runner, runtime, log);
		data.send(FrameType.READY, 0, 0, Payload.of(runtime.report()));
		if (training) {
			Training.rehearse(values, throwables);
			runtime.close();
			WorkerExit.now(ExitCode.OK);
		}
		BriefSpin spin = new BriefSpin();
		while (true) {
			runner.run(data.receive(spin));
		}
	}

	private static WorkerRuntime start(Boot boot, FrameChannel data, TypeFilter filter) throws IOException {
		ClassLoader classLoader = WorkerMain.class.getClassLoader();
		try (ExitWatch watch = ExitWatch.begin((failure) -> startFailed(failure, data, filter))) {
			SerializationCodec codec = Codecs.resolve(SerializationCodec.valueOf(boot.codec()),
					SettingNames.ofThisWorker());
			if (!boot.runtime().equals(WorkerCommand.PLAIN_RUNTIME)) {
				// What has no context is to start in no time, and may never need it
				WarmUp.start(codec);
			}
			Class<?> type = Class.forName(boot.runtime(), true, classLoader);
			WorkerRuntime runtime = (WorkerRuntime) type.getDeclaredConstructor().newInstance();
			runtime.start(boot.runtimeSettings());
			return runtime;
		}
		catch (Throwable ex) {
			startFailed(ex, data, filter);
			WorkerExit.now(ExitCode.START_FAILED);
			throw new IllegalStateException(ex);
		}
	}

	private static void startFailed(Throwable failure, FrameChannel data, TypeFilter filter) {
		Payload envelope = new ThrowableCodec(filter, WorkerMain.class.getClassLoader()).encode(failure,
				MOST_MEMORABLE_ERROR);
		try {
			data.send(FrameType.START_FAILED, 0, 0, envelope);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static FrameChannel connect(String address, long maxPayload) throws IOException {
		return new FrameChannel(open(address), maxPayload);
	}

	private static SocketChannel open(String address) throws IOException {
		int colon = address.indexOf(':');
		String rest = address.substring(colon + 1);
		SocketAddress target;
		if (address.startsWith("unix:")) {
			target = UnixDomainSocketAddress.of(rest);
		}
		else {
			int port = rest.lastIndexOf(':');
			target = new InetSocketAddress(rest.substring(0, port), Integer.parseInt(rest.substring(port + 1)));
		}
		return SocketChannel.open(target);
	}

	private static String readToken(InputStream stdin) throws IOException {
		ByteArrayOutputStream token = new ByteArrayOutputStream();
		for (int b = stdin.read(); b != '\n'; b = stdin.read()) {
			if (b < 0) {
				throw new EOFException("the parent closed standard input");
			}
			if (token.size() == LONGEST_TOKEN) {
				throw new IOException("standard input does not start with a token");
			}
			token.write(b);
		}
		return token.toString(StandardCharsets.US_ASCII);
	}

}
