package io.github.processpool.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

import io.github.processpool.SerializationCodec;
import io.github.processpool.codec.TypeFilter;
import io.github.processpool.codec.ValueCodec;
import io.github.processpool.protocol.Frame;
import io.github.processpool.protocol.FrameChannel;
import io.github.processpool.protocol.FrameType;
import io.github.processpool.protocol.Hello;
import io.github.processpool.protocol.Ledger;
import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.PayloadOutput;
import io.github.processpool.protocol.ResultKind;

/**
 * Stands in for a worker and breaks the protocol in the way that it is told to.
 */
public final class HostileWorker {

	private static final int LIMIT = 64 * 1024 * 1024;

	private static final short MAGIC = 0x5EA7;

	private HostileWorker() {
	}

	/**
	 * Behaves well until it gets a task.
	 * @param args what to do then, and the argument file of the worker
	 */
	public static void main(String[] args) throws Exception {
		List<String> arguments = Files.readAllLines(Path.of(args[1].substring(1)));
		String address = unquote(arguments.get(arguments.size() - 2));
		Path ledgerFile = Path.of(unquote(arguments.get(arguments.size() - 1)));
		Ledger ledger = Ledger.open(ledgerFile);
		ByteBuffer memory = map(ledgerFile);
		BufferedReader stdin = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		String token = stdin.readLine();
		if (args[0].equals("wrong token")) {
			token = "0".repeat(token.length());
		}
		SocketChannel controlSocket = open(address);
		FrameChannel control = new FrameChannel(controlSocket, 0);
		control.send(FrameType.HELLO, 0, 0, new Hello(token, ProcessHandle.current().pid(), true).encode());
		SocketChannel socket = open(address);
		FrameChannel data = new FrameChannel(socket, LIMIT);
		data.send(FrameType.HELLO, 0, 0, new Hello(token, ProcessHandle.current().pid(), false).encode());
		data.receive();
		if (args[0].equals("garbage instead of READY")) {
			data.send(FrameType.PONG, 0, 0, Payload.EMPTY);
		}
		data.send(FrameType.READY, 0, 0, Payload.EMPTY);
		if (args[0].endsWith("at STOP")) {
			Thread stop = new Thread(() -> obey(args[0], control));
			stop.setDaemon(true);
			stop.start();
		}
		Frame call = data.receive();
		if (!args[0].equals("death before the task has started")) {
			ledger.start(call.id());
		}
		misbehave(args[0], call.id(), memory, ledger, data, socket, controlSocket, control);
		while (stdin.readLine() != null) {
			Thread.onSpinWait();
		}
	}

	private static void misbehave(String what, long id, ByteBuffer memory, Ledger ledger, FrameChannel data,
			SocketChannel socket, SocketChannel controlSocket, FrameChannel control) throws IOException {
		switch (what) {
			case "garbage" ->
				write(socket, ByteBuffer.wrap("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
			case "unknown message type" -> write(socket, header(0, 15, id));
			case "message of the wrong kind" -> data.send(FrameType.READY, 0, id, Payload.EMPTY);
			case "message for the other channel" -> control.send(FrameType.RESULT, 0, id, Payload.EMPTY);
			case "unknown kind of result" -> data.send(FrameType.RESULT, 99, id, Payload.EMPTY);
			case "result of another task" -> data.send(FrameType.RESULT, 0, id + 7, Payload.EMPTY);
			case "result that is no value" -> {
				ledger.end(id);
				data.send(FrameType.RESULT, ResultKind.VALUE.ordinal(), id, Payload.of(new byte[] { 1, 2, 3 }));
			}
			case "frame of two gigabytes" -> write(socket, header(Integer.MAX_VALUE, 6, id));
			case "frame of negative size" -> write(socket, header(-1, 6, id));
			case "large array for another task" -> {
				write(socket, header(0, 19, id));
				write(socket, header(0, 6, id + 7));
			}
			case "wakes without end" -> {
				for (int i = 0; i < 10_000; i++) {
					data.send(FrameType.WAKE, 0, 0, Payload.EMPTY);
				}
			}
			case "large arrays without end" -> {
				for (int i = 0; i < 10_000; i++) {
					write(socket, header(0, 19, id));
				}
			}
			case "half a header" -> {
				write(socket, header(100, 6, id).limit(7));
				Runtime.getRuntime().halt(9);
			}
			case "half a body" -> {
				write(socket, header(100, 6, id));
				write(socket, ByteBuffer.allocate(50));
				Runtime.getRuntime().halt(9);
			}
			case "closed data channel" -> socket.close();
			case "closed control channel" -> controlSocket.close();
			case "death before the task has started" -> Runtime.getRuntime().halt(9);
			case "death right after the result" -> {
				result(id, ledger, data);
				Runtime.getRuntime().halt(9);
			}
			case "death with the result unsent" -> {
				ledger.end(id);
				Runtime.getRuntime().halt(9);
			}
			case "death with the result in memory" -> {
				ledger.end(id);
				if (!ledger.results().offer(ResultKind.VALUE.ordinal(), id, 0, value())) {
					throw new IllegalStateException("no room for a result");
				}
				Runtime.getRuntime().halt(9);
			}
			case "garbage in memory" -> {
				while (memory.hasRemaining()) {
					memory.put((byte) 0x77);
				}
				data.send(FrameType.WAKE, 0, 0, Payload.EMPTY);
			}
			case "result twice" -> {
				result(id, ledger, data);
				result(id, ledger, data);
			}
			default -> result(id, ledger, data);
		}
	}

	private static void obey(String what, FrameChannel control) {
		try {
			Frame frame = control.receive();
			while (frame.type() != FrameType.STOP) {
				frame = control.receive();
			}
			switch (what) {
				case "flood of output at STOP" -> {
					byte[] line = new byte[100];
					Arrays.fill(line, (byte) 'x');
					line[99] = '\n';
					for (int i = 0; i < 200_000; i++) {
						System.out.write(line, 0, line.length);
					}
					control.send(FrameType.BYE, 0, 0, Payload.EMPTY);
				}
				case "oversized BYE at STOP" -> control.send(FrameType.BYE, 0, 0, Payload.of(new byte[10_000_000]));
				default -> {
					// No answer
				}
			}
		}
		catch (IOException ex) {
			// The parent does not wait
		}
	}

	private static void result(long id, Ledger ledger, FrameChannel data) throws IOException {
		ledger.end(id);
		data.send(FrameType.RESULT, ResultKind.VALUE.ordinal(), id, value());
	}

	private static Payload value() {
		PayloadOutput out = new PayloadOutput(LIMIT);
		new ValueCodec(SerializationCodec.JDK, TypeFilter.of(List.of()), HostileWorker.class.getClassLoader())
			.write(out, new Object[] { 42L }, "task", (index) -> "the result");
		return out.toPayload();
	}

	private static ByteBuffer header(int size, int type, long id) {
		return ByteBuffer.allocate(16).putInt(size).putShort(MAGIC).put((byte) type).put((byte) 0).putLong(id).flip();
	}

	private static void write(SocketChannel socket, ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			socket.write(bytes);
		}
	}

	private static ByteBuffer map(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			return channel.map(FileChannel.MapMode.READ_WRITE, 64, channel.size() - 64);
		}
	}

	private static SocketChannel open(String address) throws IOException {
		return SocketChannel.open(UnixDomainSocketAddress.of(address.substring("unix:".length())));
	}

	private static String unquote(String argument) {
		return argument.substring(1, argument.length() - 1).replace("\\\\", "\\");
	}

}
