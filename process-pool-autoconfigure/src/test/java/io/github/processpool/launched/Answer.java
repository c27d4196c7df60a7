package io.github.processpool.launched;

import java.io.Serializable;

/**
 * Where a deferred call ran and what it found there.
 *
 * @param pid the process
 * @param sum what the database computed
 * @param classLoader class of the loader of the application's classes
 * @param archives archives of classes that it has in memory, beside that of the JVM
 * @param classPath the process' class path
 */
public record Answer(long pid, int sum, String classLoader, String archives, String classPath) implements Serializable {
}
