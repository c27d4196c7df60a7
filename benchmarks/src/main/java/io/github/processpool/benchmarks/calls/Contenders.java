package io.github.processpool.benchmarks.calls;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * All contenders, started.
 */
public final class Contenders implements AutoCloseable {

	/** Workers of each pool. */
	public static final int WORKERS = 2;

	/** The system's, not one that happens to be first on the path. */
	public static final Path PYTHON_EXECUTABLE = Path.of("/usr/bin/python3");

	/** Kinds of the script's pools, with their names. */
	public static final Map<String, String> PYTHON = new TreeMap<>(Map.of("pool", "Python Pool", "executor",
			"Python ProcessPoolExecutor", "spawned", "Python Pool, spawned", "pebble", "Python pebble"));

	private final List<Contender> contenders = new ArrayList<>();

	private Contenders() {
	}

	/**
	 * Starts all that are wanted and can be started here.
	 * @param pythonScript where {@code calls.py} is
	 * @param wanted which names are wanted
	 * @param log where is said which are missing
	 * @return them
	 * @throws Exception if one fails
	 */
	public static Contenders start(Path pythonScript, Predicate<String> wanted, PrintStream log) throws Exception {
		Contenders all = new Contenders();
		try {
			if (wanted.test(SocketContender.NAME)) {
				all.contenders.add(new SocketContender(false));
				all.contenders.add(new SocketContender(true));
			}
			if (wanted.test(PoolContender.NAME)) {
				PoolContender pool = new PoolContender(WORKERS);
				all.contenders.add(pool);
				all.contenders.add(new PlainReturnContender(pool.service()));
			}
			if (wanted.test(RmiContender.NAME)) {
				all.contenders.add(new RmiContender(WORKERS));
			}
			if (wanted.test(Pp4jContender.NAME)) {
				all.contenders.add(new Pp4jContender(WORKERS));
			}
			all.startPython(pythonScript, wanted, log);
			return all;
		}
		catch (Exception ex) {
			all.close();
			throw ex;
		}
	}

	private void startPython(Path script, Predicate<String> wanted, PrintStream log) throws IOException {
		for (Map.Entry<String, String> entry : PYTHON.entrySet()) {
			if (entry.getKey().equals("spawned") || !wanted.test(entry.getValue())) {
				// Spawned differs from the other in how it starts only
				continue;
			}
			PythonContender contender = PythonContender.start(entry.getValue(), script, entry.getKey(), WORKERS);
			if (contender != null) {
				this.contenders.add(contender);
			}
			else {
				log.println("not here, left out: " + entry.getValue());
			}
		}
	}

	public List<Contender> list() {
		return List.copyOf(this.contenders);
	}

	@Override
	public void close() {
		this.contenders.forEach(Contender::close);
	}

}
