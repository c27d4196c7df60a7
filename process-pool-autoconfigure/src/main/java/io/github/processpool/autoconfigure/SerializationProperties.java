package io.github.processpool.autoconfigure;

import java.util.List;

import io.github.processpool.SerializationCodec;
import org.jspecify.annotations.Nullable;

/**
 * What may cross between the JVMs.
 *
 * @since 0.1.0
 */
public class SerializationProperties {

	/**
	 * Types that may be deserialised on either side beyond the value types of the JDK,
	 * the application's own packages and the types in signatures of deferred methods: a
	 * class as 'com.example.Foo', a package as 'com.example.*', a package with all below
	 * it as 'com.example.**'.
	 */
	private @Nullable List<String> allow;

	/**
	 * How objects are serialised; unless set, 'fory' if Apache Fory is on the class path,
	 * which the starter brings.
	 */
	private @Nullable SerializationCodec codec;

	public @Nullable List<String> getAllow() {
		return this.allow;
	}

	public void setAllow(@Nullable List<String> allow) {
		this.allow = allow;
	}

	public @Nullable SerializationCodec getCodec() {
		return this.codec;
	}

	public void setCodec(@Nullable SerializationCodec codec) {
		this.codec = codec;
	}

}
