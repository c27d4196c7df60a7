package io.github.processpool.benchmarks;

import java.io.IOException;

/**
 * The least that a worker can be: says that it is there, then waits.
 */
final class BareJvm {

	private BareJvm() {
	}

	public static void main(String[] args) throws IOException {
		System.out.write('\n');
		System.out.flush();
		while (System.in.read() >= 0) {
			// Nothing is ever sent
		}
	}

}
