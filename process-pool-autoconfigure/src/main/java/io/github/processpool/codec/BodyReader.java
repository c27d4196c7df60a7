package io.github.processpool.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@link BodyWriter} wrote. Trusts no length: each is checked against the
 * bytes that are there before memory is taken. Confined to one thread.
 */
final class BodyReader {

	private final byte[] body;

	private final List<byte[]> arrays;

	private int position;

	private int arraysRead;

	BodyReader(byte[] body, int offset, List<byte[]> arrays) throws DamagedBodyException {
		if (offset < 0 || offset > body.length) {
			throw new DamagedBodyException(offset, "values begin outside of the body");
		}
		this.body = body;
		this.arrays = arrays;
		this.position = offset;
	}

	/**
	 * Reads a value whose tag was read already.
	 * @param tag the tag
	 * @return the value
	 * @throws DamagedBodyException if there is none
	 */
	@Nullable Object readValue(int tag) throws DamagedBodyException {
		return switch (tag) {
			case Tag.NULL -> null;
			case Tag.FALSE -> Boolean.FALSE;
			case Tag.TRUE -> Boolean.TRUE;
			case Tag.BYTE -> (byte) readByte();
			case Tag.SHORT -> (short) readShort();
			case Tag.CHAR -> (char) readShort();
			case Tag.INT -> readInt();
			case Tag.LONG -> readLong();
			case Tag.FLOAT -> Float.intBitsToFloat(readInt());
			case Tag.DOUBLE -> Double.longBitsToDouble(readLong());
			case Tag.STRING_LATIN1, Tag.STRING_UTF16 -> readString(tag);
			default -> readArray(tag);
		};
	}

	private Object readArray(int tag) throws DamagedBodyException {
		switch (tag) {
			case Tag.BYTES -> {
				int length = readLength(1);
				byte[] array = new byte[length];
				System.arraycopy(this.body, this.position, array, 0, length);
				this.position += length;
				return array;
			}
			case Tag.LARGE_BYTES -> {
				if (this.arraysRead == this.arrays.size()) {
					throw new DamagedBodyException(this.position, "a large array that did not come");
				}
				return this.arrays.get(this.arraysRead++);
			}
			case Tag.BOOLEANS -> {
				boolean[] array = new boolean[readLength(1)];
				for (int i = 0; i < array.length; i++) {
					array[i] = this.body[this.position + i] != 0;
				}
				this.position += array.length;
				return array;
			}
			case Tag.SHORTS -> {
				ByteBuffer bytes = readBlock(Short.BYTES);
				short[] array = new short[bytes.remaining() / Short.BYTES];
				bytes.asShortBuffer().get(array);
				return array;
			}
			case Tag.CHARS -> {
				return readChars();
			}
			case Tag.INTS -> {
				ByteBuffer bytes = readBlock(Integer.BYTES);
				int[] array = new int[bytes.remaining() / Integer.BYTES];
				bytes.asIntBuffer().get(array);
				return array;
			}
			case Tag.LONGS -> {
				ByteBuffer bytes = readBlock(Long.BYTES);
				long[] array = new long[bytes.remaining() / Long.BYTES];
				bytes.asLongBuffer().get(array);
				return array;
			}
			case Tag.FLOATS -> {
				ByteBuffer bytes = readBlock(Float.BYTES);
				float[] array = new float[bytes.remaining() / Float.BYTES];
				bytes.asFloatBuffer().get(array);
				return array;
			}
			case Tag.DOUBLES -> {
				ByteBuffer bytes = readBlock(Double.BYTES);
				double[] array = new double[bytes.remaining() / Double.BYTES];
				bytes.asDoubleBuffer().get(array);
				return array;
			}
			default -> throw new DamagedBodyException(this.position, "unknown tag " + tag);
		}
	}

	/**
	 * Reads a string with its tag.
	 * @return the string
	 * @throws DamagedBodyException if there is none
	 */
	String readString() throws DamagedBodyException {
		return readString(readByte());
	}

	private String readString(int tag) throws DamagedBodyException {
		if (tag == Tag.STRING_LATIN1) {
			int length = readLength(1);
			String string = new String(this.body, this.position, length, StandardCharsets.ISO_8859_1);
			this.position += length;
			return string;
		}
		if (tag == Tag.STRING_UTF16) {
			return new String(readChars());
		}
		throw new DamagedBodyException(this.position, "tag " + tag + " instead of a string");
	}

	private char[] readChars() throws DamagedBodyException {
		ByteBuffer bytes = readBlock(Character.BYTES);
		char[] array = new char[bytes.remaining() / Character.BYTES];
		bytes.asCharBuffer().get(array);
		return array;
	}

	int readByte() throws DamagedBodyException {
		require(1);
		return this.body[this.position++] & 0xff;
	}

	int readShort() throws DamagedBodyException {
		require(Short.BYTES);
		int value = (this.body[this.position] & 0xff) << 8 | (this.body[this.position + 1] & 0xff);
		this.position += Short.BYTES;
		return value;
	}

	int readInt() throws DamagedBodyException {
		require(Integer.BYTES);
		return readShort() << 16 | readShort();
	}

	long readLong() throws DamagedBodyException {
		require(Long.BYTES);
		return (long) readInt() << 32 | (readInt() & 0xffffffffL);
	}

	/**
	 * Reads a number of items, of which each takes some bytes at least.
	 * @param least bytes that each of them takes at least
	 * @return the number
	 * @throws DamagedBodyException if there cannot be as many
	 */
	int readCount(int least) throws DamagedBodyException {
		int count = readInt();
		if (count < 0 || count > (this.body.length - this.position) / least) {
			throw new DamagedBodyException(this.position, "a count of " + count);
		}
		return count;
	}

	/**
	 * Reads bytes with their length.
	 * @return the bytes, or {@code null} if there are none
	 * @throws DamagedBodyException if they are cut
	 */
	byte @Nullable [] readBytes() throws DamagedBodyException {
		int length = readInt();
		if (length == -1) {
			return null;
		}
		require(length);
		byte[] bytes = new byte[length];
		System.arraycopy(this.body, this.position, bytes, 0, length);
		this.position += length;
		return bytes;
	}

	int position() {
		return this.position;
	}

	void requireEnd() throws DamagedBodyException {
		if (this.position != this.body.length) {
			throw new DamagedBodyException(this.position, (this.body.length - this.position) + " bytes too many");
		}
	}

	void requireAllArrays() throws DamagedBodyException {
		if (this.arraysRead != this.arrays.size()) {
			throw new DamagedBodyException(this.position,
					(this.arrays.size() - this.arraysRead) + " large arrays too many");
		}
	}

	private ByteBuffer readBlock(int unit) throws DamagedBodyException {
		int length = readLength(unit);
		ByteBuffer block = ByteBuffer.wrap(this.body, this.position, length).slice();
		this.position += length;
		return block;
	}

	private int readLength(int unit) throws DamagedBodyException {
		int length = readInt();
		require(length);
		if (length % unit != 0) {
			throw new DamagedBodyException(this.position, "a length of " + length);
		}
		return length;
	}

	private void require(int length) throws DamagedBodyException {
		int left = this.body.length - this.position;
		if (length < 0 || length > left) {
			throw new DamagedBodyException(this.position, length + " bytes expected, " + left + " left");
		}
	}

}
