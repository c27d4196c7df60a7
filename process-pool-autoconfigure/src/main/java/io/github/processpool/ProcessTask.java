package io.github.processpool;

import java.io.Serializable;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * Work for a {@link ProcessPool}: a lambda or an object that is sent to a worker and
 * called there. What it captures is copied and has to be serialisable by the
 * {@linkplain SerializationCodec codec} of the pool.
 *
 * @param <T> the type of the result
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProcessTask<T extends @Nullable Object> extends Callable<T>, Serializable {

}
