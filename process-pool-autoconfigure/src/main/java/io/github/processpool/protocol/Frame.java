package io.github.processpool.protocol;

import java.util.List;

/**
 * A message as it was read. On the wire, big-endian: <pre>
 *  0               4       6   7   8                              16
 *  +---------------+-------+---+---+-------------------------------+------
 *  | body length   | magic |typ|flg| id of the task, or 0          | body
 *  +---------------+-------+---+---+-------------------------------+------
 * </pre>
 *
 * @param type kind of message
 * @param flags what the kind needs, one byte
 * @param id number of the task that it is about, or 0
 * @param body the rest
 * @param arrays the large arrays that came before it in frames of their own
 */
public record Frame(FrameType type, int flags, long id, byte[] body, List<byte[]> arrays) {

	static final int HEADER_SIZE = 16;

	static final short MAGIC = (short) 0x5EA7;

	/**
	 * Number of bytes of the body and the arrays.
	 * @return the size
	 */
	public long size() {
		long size = this.body.length;
		for (int i = 0; i < this.arrays.size(); i++) {
			size += this.arrays.get(i).length;
		}
		return size;
	}

}
