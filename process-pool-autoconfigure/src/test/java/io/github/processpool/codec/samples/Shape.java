package io.github.processpool.codec.samples;

import java.io.Serializable;

/**
 * A value with a nested one.
 *
 * @param circle the nested one
 */
public record Shape(Circle circle) implements Serializable {

	/**
	 * A nested value.
	 *
	 * @param radius a number
	 */
	public record Circle(double radius) implements Serializable {
	}

}
