package io.github.processpool.engine.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares the process of a worker: a JVM with the class path of this one, with options
 * of its own, in a cleaned environment. Everything but the {@code java} command itself is
 * in a file that only the owner can read. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ChildJvm {

	private static final Logger logger = LoggerFactory.getLogger(ChildJvm.class);

	private ChildJvm() {
	}

	/**
	 * Writes the argument file and builds the command. Starts nothing.
	 * @param spec what is wanted
	 * @return the process, ready to be started
	 * @throws IOException if the worker can never be started like that; the text names
	 * the property to correct
	 */
	public static Prepared prepare(Spec spec) throws IOException {
		return prepare(spec, ParentJvm.current());
	}

	static Prepared prepare(Spec spec, ParentJvm parent) throws IOException {
		JavaInstallation java = JavaInstallation.of(spec.javaHome(), parent);
		checkDirectory(spec.workingDirectory());
		CommandPrefix.check(spec.commandPrefix(), parent.environment());
		LaunchRecipe recipe = LaunchRecipe.detect(spec.classLoader(), spec.mainClass(), parent,
				flatCache(spec.warmStart()));
		Path directory = spec.privateDirectory().toAbsolutePath();
		// The JVM expands %p in this name, and %% to a single one
		String errorFile = directory.resolve(spec.name() + ".hs_err.log").toString().replace("%", "%%");
		List<String> inherited = new ArrayList<>(InheritedArguments.select(parent.inputArguments(), java.feature()));
		inherited.addAll(JarManifest.options(recipe.classPath()));
		List<String> arguments = JvmArguments.of(spec, java, inherited, errorFile);
		ArchiveKey key = key(spec.warmStart(), java, recipe, arguments);
		ArchiveStore store = (key != null) ? store(spec.warmStart()) : null;
		ClassArchive archive = null;
		LaunchMemory memory = null;
		if (key != null && store != null) {
			boolean training = spec.warmStart().level() == WarmStart.Level.TRAINING;
			archive = training ? store.missing(key) : store.find(key);
			memory = store.memory(key);
		}
		if (archive != null) {
			// In front of all others, which win
			arguments.addAll(0, archive.options());
		}
		String pattern = JvmArguments.errorFile(arguments);
		ErrorLog errorLog = new ErrorLog(pattern, spec.workingDirectory(), pattern.equals(errorFile));
		arguments.addAll(recipe.options());
		arguments.add("-cp");
		arguments.add(String.join(File.pathSeparator, recipe.classPath()));
		arguments.add((recipe.launcher() != null) ? recipe.launcher() : spec.mainClass());
		arguments.addAll(spec.arguments());
		Path argFile = directory.resolve(spec.name() + ".args");
		ArgumentFile.write(argFile, arguments, parent.nativeEncoding());
		return new Prepared(builder(spec, java, argFile), argFile, errorLog, archive, memory, recipe.extracted(),
				recipe.description());
	}

	/**
	 * Tells how workers of an application are launched. Starts nothing.
	 * @param classLoader class loader of the application
	 * @param mainClass main class of the worker
	 * @param warmStart what is kept on disk
	 * @return one line for people
	 */
	public static String describe(ClassLoader classLoader, String mainClass, WarmStart warmStart) {
		try {
			LaunchRecipe recipe = LaunchRecipe.detect(classLoader, mainClass, ParentJvm.current());
			boolean extract = recipe.launcher() != null && warmStart.level() != WarmStart.Level.NONE;
			return extract ? "the jars inside of " + recipe.classPath().get(0) : recipe.description();
		}
		catch (IOException ex) {
			return "not possible: " + ex.getMessage();
		}
	}

	private static @Nullable FlatCache flatCache(WarmStart warmStart) {
		return (warmStart.level() != WarmStart.Level.NONE)
				? new FlatCache(warmStart.cacheDirectory(), warmStart.cacheSetting()) : null;
	}

	private static @Nullable ArchiveKey key(WarmStart warmStart, JavaInstallation java, LaunchRecipe recipe,
			List<String> arguments) {
		if (warmStart.level() != WarmStart.Level.TRAINING && warmStart.level() != WarmStart.Level.ARCHIVE) {
			return null;
		}
		try {
			return ArchiveKey.of(java, arguments, recipe, warmStart.profile());
		}
		catch (IOException ex) {
			logger.debug("no archive of classes", ex);
			return null;
		}
	}

	private static @Nullable ArchiveStore store(WarmStart warmStart) {
		try {
			return ArchiveStore.open(warmStart.cacheDirectory());
		}
		catch (IOException ex) {
			logger.debug("no archive of classes", ex);
			return null;
		}
	}

	private static ProcessBuilder builder(Spec spec, JavaInstallation java, Path argFile) {
		List<String> command = new ArrayList<>();
		if (spec.warmStart().level() == WarmStart.Level.TRAINING) {
			command.addAll(CommandPrefix.lowPriority());
		}
		command.addAll(spec.commandPrefix());
		command.add(java.executable().toString());
		command.add("@" + argFile);
		ProcessBuilder builder = new ProcessBuilder(command);
		if (spec.workingDirectory() != null) {
			builder.directory(spec.workingDirectory().toFile());
		}
		ChildEnvironment.adapt(builder.environment(), spec.inheritEnvironment(), spec.environment());
		return builder;
	}

	private static void checkDirectory(@Nullable Path directory) throws IOException {
		if (directory != null && !Files.isDirectory(directory)) {
			throw new SettingException("worker.working-directory",
					"The working directory '" + directory + "' of workers "
							+ (Files.exists(directory) ? "is not a directory" : "does not exist")
							+ ". Create it or correct {}");
		}
	}

	/**
	 * What process is wanted.
	 *
	 * @param mainClass main class of the worker
	 * @param arguments its arguments
	 * @param classLoader class loader of the application
	 * @param javaHome JDK or JRE that runs it, or {@code null} for this JVM's
	 * @param maxHeap largest heap in bytes, more than 0
	 * @param jvmArgs options that win over all others
	 * @param debugPort where it listens for a debugger on the loopback address, or 0 for
	 * nowhere
	 * @param systemProperties its system properties, set before {@code main}
	 * @param workingDirectory its working directory, or {@code null} for this JVM's
	 * @param environment environment variables that win over inherited ones
	 * @param inheritEnvironment whether it sees more of this JVM's environment than any
	 * JVM needs
	 * @param commandPrefix what stands before the command, such as {@code nice}
	 * @param warmStart what is kept on disk to make it start faster
	 * @param privateDirectory where its files go; must exist, and its owner alone should
	 * see into it
	 * @param name what its files are called, unique in that directory
	 */
	public record Spec(String mainClass, List<String> arguments, ClassLoader classLoader, @Nullable Path javaHome,
			long maxHeap, List<String> jvmArgs, int debugPort, Map<String, String> systemProperties,
			@Nullable Path workingDirectory, Map<String, String> environment, boolean inheritEnvironment,
			List<String> commandPrefix, WarmStart warmStart, Path privateDirectory, String name) {

		/**
		 * Copies the collections.
		 */
		public Spec {
			if (maxHeap <= 0) {
				throw new IllegalArgumentException("maxHeap must be positive: " + maxHeap);
			}
			arguments = List.copyOf(arguments);
			jvmArgs = List.copyOf(jvmArgs);
			systemProperties = Map.copyOf(systemProperties);
			environment = Map.copyOf(environment);
			commandPrefix = List.copyOf(commandPrefix);
		}

	}

	/**
	 * A process that can be started.
	 *
	 * @param builder its command, environment and directory; the streams are the
	 * caller's. The worker writes both output streams in UTF-8.
	 * @param argFile file with its arguments; may be deleted once its main class runs
	 * @param errorLog where its JVM describes a crash
	 * @param archive archive of classes that it uses or, in training, makes, or
	 * {@code null}
	 * @param memory what is known of such workers, or {@code null} if nothing is kept
	 * @param extracted whether it uses extracted jars
	 * @param describe how workers are launched, one line for people
	 */
	public record Prepared(ProcessBuilder builder, Path argFile, ErrorLog errorLog, @Nullable ClassArchive archive,
			@Nullable LaunchMemory memory, boolean extracted, String describe) {
	}

}
