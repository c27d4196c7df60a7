package io.github.processpool.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.processpool.protocol.PayloadOutput;
import io.github.processpool.protocol.PayloadTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Writes what needs no serialiser: scalars, strings and arrays of primitives. Numbers are
 * big-endian.
 */
final class BodyWriter {

	/** Arrays but {@code byte[]} go through a buffer of at most this size. */
	private static final int BUFFER_SIZE = 16 * 1024;

	private final PayloadOutput out;

	BodyWriter(PayloadOutput out) {
		this.out = out;
	}

	/**
	 * Writes a value with its tag.
	 * @param value the value
	 * @return {@code false} if it needs a serialiser; nothing was written then
	 * @throws PayloadTooLargeException if it is larger than what is left
	 */
	boolean writeValue(@Nullable Object value) throws PayloadTooLargeException {
		if (value == null) {
			this.out.write(Tag.NULL);
		}
		else if (value instanceof String string) {
			writeString(string);
		}
		else if (value instanceof Integer number) {
			this.out.write(Tag.INT);
			writeInt(number);
		}
		else if (value instanceof Long number) {
			this.out.write(Tag.LONG);
			writeLong(number);
		}
		else if (value instanceof Boolean flag) {
			this.out.write(flag ? Tag.TRUE : Tag.FALSE);
		}
		else if (value instanceof Double number) {
			this.out.write(Tag.DOUBLE);
			writeLong(Double.doubleToRawLongBits(number));
		}
		else if (value instanceof byte[] bytes) {
			writeArray(bytes);
		}
		else if (value instanceof Float number) {
			this.out.write(Tag.FLOAT);
			writeInt(Float.floatToRawIntBits(number));
		}
		else if (value instanceof Character character) {
			this.out.write(Tag.CHAR);
			writeShort(character);
		}
		else if (value instanceof Short number) {
			this.out.write(Tag.SHORT);
			writeShort(number);
		}
		else if (value instanceof Byte number) {
			this.out.write(Tag.BYTE);
			this.out.write(number);
		}
		else {
			return isPrimitiveArray(value) && writeArray(value);
		}
		return true;
	}

	static boolean isPrimitiveArray(Object value) {
		Class<?> type = value.getClass().getComponentType();
		return type != null && type.isPrimitive();
	}

	private void writeArray(byte[] bytes) throws PayloadTooLargeException {
		if (this.out.offer(bytes)) {
			this.out.write(Tag.LARGE_BYTES);
			return;
		}
		writeHead(Tag.BYTES, bytes.length, 1);
		this.out.write(bytes, 0, bytes.length);
	}

	private boolean writeArray(Object value) throws PayloadTooLargeException {
		if (value instanceof int[] array) {
			writeHead(Tag.INTS, array.length, Integer.BYTES);
			writeInBlocks(array.length, Integer.BYTES,
					(buffer, offset, length) -> buffer.asIntBuffer().put(array, offset, length));
		}
		else if (value instanceof long[] array) {
			writeHead(Tag.LONGS, array.length, Long.BYTES);
			writeInBlocks(array.length, Long.BYTES,
					(buffer, offset, length) -> buffer.asLongBuffer().put(array, offset, length));
		}
		else if (value instanceof double[] array) {
			writeHead(Tag.DOUBLES, array.length, Double.BYTES);
			writeInBlocks(array.length, Double.BYTES,
					(buffer, offset, length) -> buffer.asDoubleBuffer().put(array, offset, length));
		}
		else if (value instanceof float[] array) {
			writeHead(Tag.FLOATS, array.length, Float.BYTES);
			writeInBlocks(array.length, Float.BYTES,
					(buffer, offset, length) -> buffer.asFloatBuffer().put(array, offset, length));
		}
		else if (value instanceof char[] array) {
			writeHead(Tag.CHARS, array.length, Character.BYTES);
			writeInBlocks(array.length, Character.BYTES,
					(buffer, offset, length) -> buffer.asCharBuffer().put(array, offset, length));
		}
		else if (value instanceof short[] array) {
			writeHead(Tag.SHORTS, array.length, Short.BYTES);
			writeInBlocks(array.length, Short.BYTES,
					(buffer, offset, length) -> buffer.asShortBuffer().put(array, offset, length));
		}
		else if (value instanceof boolean[] array) {
			writeHead(Tag.BOOLEANS, array.length, 1);
			writeInBlocks(array.length, 1, (buffer, offset, length) -> {
				for (int i = 0; i < length; i++) {
					buffer.put(i, (byte) (array[offset + i] ? 1 : 0));
				}
			});
		}
		else {
			return false;
		}
		return true;
	}

	/**
	 * Writes a string with its tag; a lone surrogate survives.
	 * @param string the string
	 * @throws PayloadTooLargeException if it is larger than what is left
	 */
	void writeString(String string) throws PayloadTooLargeException {
		int length = string.length();
		if (isLatin1(string)) {
			writeHead(Tag.STRING_LATIN1, length, 1);
			this.out.write(string.getBytes(StandardCharsets.ISO_8859_1), 0, length);
		}
		else {
			writeHead(Tag.STRING_UTF16, length, Character.BYTES);
			writeInBlocks(length, Character.BYTES,
					(buffer, offset, count) -> buffer.asCharBuffer().put(string, offset, offset + count));
		}
	}

	private static boolean isLatin1(String string) {
		int bits = 0;
		for (int i = 0; i < string.length(); i++) {
			bits |= string.charAt(i);
		}
		return bits < 0x100;
	}

	void writeByte(int value) throws PayloadTooLargeException {
		this.out.write(value);
	}

	void writeShort(int value) throws PayloadTooLargeException {
		this.out.write(value >>> 8);
		this.out.write(value);
	}

	void writeInt(int value) throws PayloadTooLargeException {
		this.out.writeInt(value);
	}

	void writeLong(long value) throws PayloadTooLargeException {
		this.out.writeLong(value);
	}

	/**
	 * Writes bytes with their length, or that there are none.
	 * @param bytes the bytes
	 * @throws PayloadTooLargeException if they are more than what is left
	 */
	void writeBytes(byte @Nullable [] bytes) throws PayloadTooLargeException {
		writeInt((bytes != null) ? bytes.length : -1);
		if (bytes != null) {
			this.out.write(bytes, 0, bytes.length);
		}
	}

	private void writeHead(int tag, int length, int unit) throws PayloadTooLargeException {
		this.out.write(tag);
		writeInt(Math.multiplyExact(length, unit));
	}

	private void writeInBlocks(int length, int unit, Block block) throws PayloadTooLargeException {
		byte[] bytes = new byte[(int) Math.min(BUFFER_SIZE, (long) length * unit)];
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		for (int offset = 0; offset < length;) {
			int count = Math.min(length - offset, bytes.length / unit);
			block.put(buffer, offset, count);
			this.out.write(bytes, 0, count * unit);
			offset += count;
		}
	}

	/** Puts a part of an array to the start of a buffer. */
	@FunctionalInterface
	private interface Block {

		void put(ByteBuffer buffer, int offset, int length);

	}

}
