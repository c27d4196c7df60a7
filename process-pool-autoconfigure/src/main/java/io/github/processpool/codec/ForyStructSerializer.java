package io.github.processpool.codec;

import java.io.InvalidClassException;

import io.github.processpool.codec.ForyStruct.StructField;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.exception.ForyException;
import org.apache.fory.reflect.FieldAccessor;
import org.apache.fory.resolver.TypeResolver;
import org.apache.fory.serializer.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Objects that are just their fields. Trusts nothing that it reads: a field only gets
 * what is of its type. Confined to the thread that has the {@link ForyInstance}.
 */
final class ForyStructSerializer extends Serializer<Object> {

	/** What the header of an object takes, and each of its fields about. */
	private static final int HEADER_BYTES = 8;

	private static final int FIELD_BYTES = 4;

	private final TypeResolver resolver;

	private final ForyStruct struct;

	private final ForyState state;

	private final StructField[] fields;

	private final @Nullable Serializer<?>[] serializers;

	@SuppressWarnings("unchecked")
	ForyStructSerializer(TypeResolver resolver, ForyStruct struct, ForyState state) {
		super(resolver.getConfig(), (Class<Object>) struct.type());
		this.resolver = resolver;
		this.struct = struct;
		this.state = state;
		this.fields = struct.fields();
		this.serializers = new @Nullable Serializer<?>[this.fields.length];
	}

	@Override
	public void write(WriteContext context, Object value) {
		for (int i = 0; i < this.fields.length; i++) {
			write(context, value, i);
		}
		if (context.getBuffer().writerIndex() > this.state.limit()) {
			throw TooLongException.INSTANCE;
		}
	}

	private void write(WriteContext context, Object owner, int index) {
		StructField field = this.fields[index];
		FieldAccessor accessor = field.accessor();
		switch (field.kind()) {
			case BOOLEAN -> context.writeBoolean(accessor.getBoolean(owner));
			case BYTE -> context.writeByte(accessor.getByte(owner));
			case SHORT -> context.writeInt16(accessor.getShort(owner));
			case CHAR -> context.writeChar(accessor.getChar(owner));
			case INT -> context.writeVarInt32(accessor.getInt(owner));
			case LONG -> context.writeVarInt64(accessor.getLong(owner));
			case FLOAT -> context.writeFloat32(accessor.getFloat(owner));
			case DOUBLE -> context.writeFloat64(accessor.getDouble(owner));
			case STRING -> context.writeStringRef((String) accessor.getObject(owner));
			case FINAL -> context.writeRef(accessor.getObject(owner), serializer(index));
			case ANY -> context.writeRef(accessor.getObject(owner));
		}
	}

	@Override
	public Object read(ReadContext context) {
		context.reserveGraphMemory(HEADER_BYTES + FIELD_BYTES * this.fields.length);
		return (this.struct.constructor() != null) ? readRecord(context) : readObject(context);
	}

	private Object readObject(ReadContext context) {
		Object value = this.struct.newInstance();
		context.reference(value);
		for (int i = 0; i < this.fields.length; i++) {
			read(context, value, i);
		}
		return value;
	}

	private void read(ReadContext context, Object owner, int index) {
		StructField field = this.fields[index];
		FieldAccessor accessor = field.accessor();
		switch (field.kind()) {
			case BOOLEAN -> accessor.putBoolean(owner, context.readBoolean());
			case BYTE -> accessor.putByte(owner, context.readByte());
			case SHORT -> accessor.putShort(owner, context.readInt16());
			case CHAR -> accessor.putChar(owner, context.readChar());
			case INT -> accessor.putInt(owner, context.readVarInt32());
			case LONG -> accessor.putLong(owner, context.readVarInt64());
			case FLOAT -> accessor.putFloat(owner, context.readFloat32());
			case DOUBLE -> accessor.putDouble(owner, context.readFloat64());
			case STRING -> accessor.putObject(owner, context.readStringRef());
			case FINAL, ANY -> accessor.putObject(owner, readReference(context, index));
		}
	}

	private Object readRecord(ReadContext context) {
		@Nullable Object[] values = new @Nullable Object[this.fields.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = readComponent(context, i);
		}
		return this.struct.newRecord(values);
	}

	private @Nullable Object readComponent(ReadContext context, int index) {
		return switch (this.fields[index].kind()) {
			case BOOLEAN -> context.readBoolean();
			case BYTE -> context.readByte();
			case SHORT -> context.readInt16();
			case CHAR -> context.readChar();
			case INT -> context.readVarInt32();
			case LONG -> context.readVarInt64();
			case FLOAT -> context.readFloat32();
			case DOUBLE -> context.readFloat64();
			case STRING -> context.readStringRef();
			case FINAL, ANY -> readReference(context, index);
		};
	}

	private @Nullable Object readReference(ReadContext context, int index) {
		StructField field = this.fields[index];
		Object value = (field.kind() == StructField.Kind.FINAL) ? context.readRef(serializer(index))
				: context.readRef();
		if (value != null && !field.type().isInstance(value)) {
			throw new ForyException(new InvalidClassException(getType().getName(),
					"its field '" + field.name() + "' cannot hold an object of " + value.getClass().getName()));
		}
		return value;
	}

	@SuppressWarnings("unchecked")
	private Serializer<Object> serializer(int index) {
		Serializer<?> serializer = this.serializers[index];
		if (serializer == null) {
			// Not before it is needed: its class may have a field of this one
			serializer = this.resolver.getSerializer(this.fields[index].type());
			this.serializers[index] = serializer;
		}
		return (Serializer<Object>) serializer;
	}

}
