package io.github.processpool.benchmarks.realistic;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of reports.
 *
 * @param currency what amounts are in
 * @param rows most rows of a report
 */
@ConfigurationProperties("sales")
record SalesProperties(String currency, int rows) {

}
