package io.github.processpool.metrics;

/**
 * The names and tags of {@link ProcessPoolMeters}.
 *
 * @since 0.1.0
 */
public class DefaultProcessPoolMeterConvention implements ProcessPoolMeterConvention {

}
