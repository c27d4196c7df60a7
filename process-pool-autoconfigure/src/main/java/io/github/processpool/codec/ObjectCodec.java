package io.github.processpool.codec;

import java.util.List;

import io.github.processpool.protocol.PayloadOutput;
import org.jspecify.annotations.Nullable;

/**
 * Objects to bytes and back, as one graph: an object that two of the values share is
 * shared again after reading. Implementations are thread-safe.
 */
interface ObjectCodec {

	/**
	 * Writes values.
	 * @param out where to
	 * @param values the values
	 * @throws GraphException if one of them cannot be written, whatever the cause
	 */
	void write(PayloadOutput out, List<Object> values) throws GraphException;

	/**
	 * Reads values up to the end of the body.
	 * @param body where they are
	 * @param offset where they begin
	 * @param count how many there are
	 * @return the values
	 * @throws GraphException if one of them cannot be read, whatever the cause
	 */
	@Nullable Object[] read(byte[] body, int offset, int count) throws GraphException;

	/**
	 * Does beforehand what makes the first use slow.
	 */
	void warmUp();

	/**
	 * Whether objects of classes that are not serialisable are written too.
	 */
	boolean writesAnyClass();

}
