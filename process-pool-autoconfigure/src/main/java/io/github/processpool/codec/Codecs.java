package io.github.processpool.codec;

import io.github.processpool.SerializationCodec;
import io.github.processpool.protocol.SettingNames;
import org.jspecify.annotations.Nullable;

/**
 * Which serialisers there are.
 */
public final class Codecs {

	private static final String FORY = "org.apache.fory:fory-core";

	private static final boolean FORY_PRESENT = isPresent("org.apache.fory.Fory");

	private Codecs() {
	}

	/**
	 * Chooses the codec of a pool.
	 * @param wanted what was asked for, or {@code null} for the fastest that there is
	 * @param settings how the user calls settings
	 * @return a codec that can be used
	 * @throws IllegalStateException if the codec that was asked for is not on the class
	 * path
	 */
	public static SerializationCodec resolve(@Nullable SerializationCodec wanted, SettingNames settings) {
		if (wanted != null) {
			return require(wanted, settings);
		}
		return FORY_PRESENT ? SerializationCodec.FORY : SerializationCodec.JDK;
	}

	static SerializationCodec require(SerializationCodec codec, SettingNames settings) {
		if (codec == SerializationCodec.FORY && !FORY_PRESENT) {
			throw new IllegalStateException(
					"The codec of the pool is 'fory', but Apache Fory is not on the class path. "
							+ "Add the dependency '" + FORY + "', or set " + settings.of("serialization.codec")
							+ " to 'jdk'.");
		}
		return codec;
	}

	private static boolean isPresent(String className) {
		try {
			Class.forName(className, false, Codecs.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
