package io.github.processpool.benchmarks.micro;

import java.io.Serializable;

/**
 * A small value of an application.
 *
 * @param id a number
 * @param name a text
 * @param amount a fraction
 */
record Row(long id, String name, double amount) implements Serializable {

}
