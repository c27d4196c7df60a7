package io.github.processpool.benchmarks.calls;

import java.rmi.Remote;
import java.rmi.RemoteException;
import java.util.List;

/**
 * The workloads as a remote interface.
 */
public interface RmiService extends Remote {

	int noop(int value) throws RemoteException;

	byte[] echo(byte[] value) throws RemoteException;

	List<Item> echoItems(List<Item> value) throws RemoteException;

	int burn(int millis) throws RemoteException;

}
