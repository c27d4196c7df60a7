package io.github.processpool.protocol;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Where a deferred method is found in another JVM. Immutable and compared by value.
 */
public final class MethodCoordinates {

	private final String beanName;

	private final String className;

	private final String methodName;

	private final String descriptor;

	private final int hash;

	// Made once, since every call of the method needs them

	private volatile byte @Nullable [] encoded;

	private @Nullable String description;

	private @Nullable String simpleClassName;

	/**
	 * Creates coordinates.
	 * @param beanName name of the bean
	 * @param className binary name of the class that declares the method
	 * @param methodName name of the method
	 * @param descriptor JVM descriptor of its parameters and result
	 */
	public MethodCoordinates(String beanName, String className, String methodName, String descriptor) {
		this.beanName = beanName;
		this.className = className;
		this.methodName = methodName;
		this.descriptor = descriptor;
		this.hash = Objects.hash(beanName, className, methodName, descriptor);
	}

	public String beanName() {
		return this.beanName;
	}

	public String className() {
		return this.className;
	}

	public String methodName() {
		return this.methodName;
	}

	public String descriptor() {
		return this.descriptor;
	}

	/**
	 * The method as it is called in messages.
	 * @return simple class name and method name
	 */
	public String describe() {
		String text = this.description;
		if (text == null) {
			text = simpleClassName() + "." + this.methodName;
			this.description = text;
		}
		return text;
	}

	/**
	 * The class as it is called in messages.
	 * @return its name without its package
	 */
	public String simpleClassName() {
		String name = this.simpleClassName;
		if (name == null) {
			name = simpleName(this.className);
			this.simpleClassName = name;
		}
		return name;
	}

	/**
	 * Leaves out the package.
	 * @param className binary name of a class
	 * @return the name without its package
	 */
	public static String simpleName(String className) {
		return className.substring(className.lastIndexOf('.') + 1);
	}

	/**
	 * The encoded form, with which every call of the method starts.
	 */
	byte[] encoded() {
		byte[] bytes = this.encoded;
		if (bytes == null) {
			bytes = encode();
			this.encoded = bytes;
		}
		return bytes;
	}

	private byte[] encode() {
		try {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			DataOutputStream out = new DataOutputStream(bytes);
			out.writeUTF(this.beanName);
			out.writeUTF(this.className);
			out.writeUTF(this.methodName);
			out.writeUTF(this.descriptor);
			return bytes.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(describe() + " has too long a name", ex);
		}
	}

	static MethodCoordinates decode(byte[] bytes, int offset, int length) throws IOException {
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, offset, length));
		return new MethodCoordinates(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (this == other) {
			return true;
		}
		return other instanceof MethodCoordinates that && this.hash == that.hash && this.beanName.equals(that.beanName)
				&& this.className.equals(that.className) && this.methodName.equals(that.methodName)
				&& this.descriptor.equals(that.descriptor);
	}

	@Override
	public int hashCode() {
		return this.hash;
	}

	@Override
	public String toString() {
		return this.beanName + ":" + this.className + "." + this.methodName + this.descriptor;
	}

}
