package io.github.processpool.benchmarks.calls;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.rmi.Remote;
import java.rmi.server.UnicastRemoteObject;
import java.util.List;

import io.github.processpool.benchmarks.ChildJava;

/**
 * A worker of {@link RmiContender}: writes its stub to standard output.
 */
final class RmiServer implements RmiService {

	/** Keeps the exported object from being collected. */
	private static final RmiService service = new RmiServer();

	private RmiServer() {
	}

	public static void main(String[] args) throws IOException {
		ChildJava.endWithParent();
		Remote stub = UnicastRemoteObject.exportObject(service, 0);
		try (ObjectOutputStream out = new ObjectOutputStream(System.out)) {
			out.writeObject(stub);
		}
	}

	@Override
	public int noop(int value) {
		return value;
	}

	@Override
	public byte[] echo(byte[] value) {
		return value;
	}

	@Override
	public List<Item> echoItems(List<Item> value) {
		return value;
	}

	@Override
	public int burn(int millis) {
		return Work.burn(millis);
	}

}
