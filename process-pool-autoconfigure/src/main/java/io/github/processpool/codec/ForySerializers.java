package io.github.processpool.codec;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Proxy;
import java.time.ZoneId;
import java.util.EnumSet;

import org.apache.fory.Fory;
import org.apache.fory.exception.ForyException;
import org.apache.fory.resolver.TypeResolver;
import org.apache.fory.serializer.JdkProxySerializer;
import org.apache.fory.serializer.LambdaSerializer;
import org.apache.fory.serializer.ReplaceResolveSerializer;
import org.apache.fory.serializer.Serializer;
import org.apache.fory.serializer.SerializerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how the objects of a class are written and read, and refuses those of classes
 * that are not allowed. Fory's own serializers are used for values of the JDK, enums and
 * arrays. Those for other classes are not: they trust what they read, to the point where
 * a field may get an object of any class. Confined to the thread that has the
 * {@link ForyInstance}.
 */
final class ForySerializers implements SerializerFactory {

	private final TypeFilter filter;

	private final ClassLoader classLoader;

	private final ForyState state;

	private final ForyStructs structs;

	private final JdkObjectCodec jdk;

	ForySerializers(TypeFilter filter, ClassLoader classLoader, ForyState state, ForyStructs structs) {
		this.filter = filter;
		this.classLoader = classLoader;
		this.state = state;
		this.structs = structs;
		this.jdk = new JdkObjectCodec(filter, classLoader);
	}

	/**
	 * Replaces what Fory has for types that could name or hold any class, and for some
	 * lists.
	 * @param fory a new serialiser
	 */
	void replaceDefaults(Fory fory) {
		TypeResolver resolver = fory.getTypeResolver();
		ForyListSerializer.register(fory);
		fory.registerSerializer(Class.class, exotic(resolver, Class.class));
		fory.registerSerializer(SerializedLambda.class, exotic(resolver, SerializedLambda.class));
		fory.registerSerializer(JdkProxySerializer.ReplaceStub.class,
				exotic(resolver, JdkProxySerializer.ReplaceStub.class));
		fory.registerSerializer(ReplaceResolveSerializer.ReplaceStub.class,
				exotic(resolver, ReplaceResolveSerializer.ReplaceStub.class));
		fory.registerSerializer(LambdaSerializer.ReplaceStub.class,
				lambda(resolver, LambdaSerializer.ReplaceStub.class));
	}

	@Override
	public @Nullable Serializer<?> createSerializer(TypeResolver resolver, Class<?> type) {
		if (type == ForyValues.class) {
			return null;
		}
		if (type.isHidden()) {
			return lambda(resolver, type);
		}
		if (!type.isArray() && JdkTypes.isPlatform(type) && !Serializable.class.isAssignableFrom(type)
				&& !Proxy.isProxyClass(type) && !type.isInterface()) {
			throw new ForyException(new NotSerializableException(type.getName()));
		}
		if (!this.filter.allows(type)) {
			throw new ForyException(StreamRefusedException.of(type));
		}
		if (type.isArray() || Enum.class.isAssignableFrom(type) || EnumSet.class.isAssignableFrom(type)
				|| ZoneId.class.isAssignableFrom(type)) {
			return null;
		}
		return this.structs.isStruct(type) ? new ForyStructSerializer(resolver, this.structs.of(type), this.state)
				: exotic(resolver, type);
	}

	private Serializer<?> exotic(TypeResolver resolver, Class<?> type) {
		return new ForyExoticSerializer(resolver.getConfig(), type, this.state, this.jdk);
	}

	private Serializer<?> lambda(TypeResolver resolver, Class<?> type) {
		return new ForyLambdaSerializer(resolver.getConfig(), type, this.filter, this.classLoader,
				new ForyExoticSerializer(resolver.getConfig(), type, this.state, this.jdk));
	}

}
