package io.github.processpool.protocol;

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
 */
public record Frame(FrameType type, int flags, long id, byte[] body) {

	static final int HEADER_SIZE = 16;

	static final short MAGIC = (short) 0x5EA7;

}
