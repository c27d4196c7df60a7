package io.github.processpool.codec;

import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

import org.apache.fory.config.Config;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.exception.ForyException;
import org.apache.fory.serializer.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Lambdas that are serialisable, whatever they capture. The class that a lambda comes
 * from has to be allowed, since it makes it anew.
 */
final class ForyLambdaSerializer extends Serializer<Object> {

	private static final byte EXOTIC = 0;

	private static final byte LAMBDA = 1;

	private final TypeFilter filter;

	private final ClassLoader classLoader;

	private final ForyExoticSerializer exotic;

	private final @Nullable Method writeReplace;

	@SuppressWarnings("unchecked")
	ForyLambdaSerializer(Config config, Class<?> type, TypeFilter filter, ClassLoader classLoader,
			ForyExoticSerializer exotic) {
		super(config, (Class<Object>) type);
		this.filter = filter;
		this.classLoader = classLoader;
		this.exotic = exotic;
		this.writeReplace = type.isHidden() ? writeReplace(type) : null;
	}

	private static @Nullable Method writeReplace(Class<?> type) {
		if (!Serializable.class.isAssignableFrom(type)) {
			throw new ForyException(new NotSerializableException(type.getName()));
		}
		try {
			Method method = type.getDeclaredMethod("writeReplace");
			return method.trySetAccessible() ? method : null;
		}
		catch (NoSuchMethodException ex) {
			return null;
		}
	}

	@Override
	public void write(WriteContext context, Object value) {
		SerializedLambda lambda = replace(value);
		if (lambda == null) {
			context.writeByte(EXOTIC);
			this.exotic.write(context, value);
			return;
		}
		judge(lambda.getCapturingClass(), value.getClass().getClassLoader());
		context.writeByte(LAMBDA);
		context.writeString(lambda.getCapturingClass());
		context.writeString(lambda.getFunctionalInterfaceClass());
		context.writeString(lambda.getFunctionalInterfaceMethodName());
		context.writeString(lambda.getFunctionalInterfaceMethodSignature());
		context.writeVarInt32(lambda.getImplMethodKind());
		context.writeString(lambda.getImplClass());
		context.writeString(lambda.getImplMethodName());
		context.writeString(lambda.getImplMethodSignature());
		context.writeString(lambda.getInstantiatedMethodType());
		int count = lambda.getCapturedArgCount();
		context.writeVarUInt32(count);
		for (int i = 0; i < count; i++) {
			context.writeRef(lambda.getCapturedArg(i));
		}
	}

	private @Nullable SerializedLambda replace(Object value) {
		try {
			return (this.writeReplace != null && this.writeReplace.invoke(value) instanceof SerializedLambda lambda)
					? lambda : null;
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

	@Override
	public @Nullable Object read(ReadContext context) {
		if (context.readByte() == EXOTIC) {
			return this.exotic.read(context);
		}
		Class<?> capturing = judge(context.readString(), this.classLoader);
		String interfaceClass = context.readString();
		String interfaceMethod = context.readString();
		String interfaceSignature = context.readString();
		int kind = context.readVarInt32();
		String implClass = context.readString();
		String implMethod = context.readString();
		String implSignature = context.readString();
		String instantiated = context.readString();
		int count = context.readVarUInt32();
		context.getBuffer().checkReadableBytes(count);
		Object[] captured = new Object[count];
		for (int i = 0; i < count; i++) {
			captured[i] = context.readRef();
		}
		SerializedLambda lambda = new SerializedLambda(capturing, interfaceClass, interfaceMethod, interfaceSignature,
				kind, implClass, implMethod, implSignature, instantiated, captured);
		try {
			// What SerializedLambda itself does, which it lets nobody else call
			Method deserialize = capturing.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
			if (!deserialize.isSynthetic()) {
				throw new NoSuchMethodException(deserialize.toString());
			}
			deserialize.setAccessible(true);
			return deserialize.invoke(null, lambda);
		}
		catch (InvocationTargetException ex) {
			throw new ForyException(invalid(capturing, ex.getCause()));
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			throw new ForyException(invalid(capturing, ex));
		}
	}

	private static InvalidObjectException invalid(Class<?> capturing, @Nullable Throwable cause) {
		InvalidObjectException failure = new InvalidObjectException(
				"a lambda of " + capturing.getName() + " cannot be made: " + cause);
		failure.initCause(cause);
		return failure;
	}

	private Class<?> judge(String className, @Nullable ClassLoader loader) {
		Class<?> type;
		try {
			type = Class.forName(className.replace('/', '.'), false, loader);
		}
		catch (ClassNotFoundException ex) {
			throw new ForyException(ex);
		}
		if (!this.filter.allows(type)) {
			throw new ForyException(StreamRefusedException.of(type));
		}
		return type;
	}

}
