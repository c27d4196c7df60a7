package io.github.processpool.codec;

import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.apache.fory.exception.ForyException;
import org.apache.fory.reflect.FieldAccessor;
import org.apache.fory.reflect.ObjectInstantiator;
import org.apache.fory.reflect.ObjectInstantiators;
import org.jspecify.annotations.Nullable;

/**
 * How the objects of a class are taken apart and made anew. Immutable and thread-safe.
 *
 * @param type the class
 * @param fields its fields in an order that is the same in all processes: those of a
 * record as they are declared, of other classes by the class that declares them, the
 * topmost first, and by name
 * @param instantiator makes an object without fields, or {@code null} for records
 * @param constructor takes the fields of a record as an array, or {@code null}
 */
record ForyStruct(Class<?> type, StructField[] fields, @Nullable ObjectInstantiator<?> instantiator,
		@Nullable MethodHandle constructor) {

	static ForyStruct of(Class<?> type) {
		try {
			return type.isRecord() ? ofRecord(type) : ofClass(type);
		}
		catch (Exception ex) {
			InvalidClassException failure = new InvalidClassException(type.getName(),
					"its fields cannot be accessed: " + ex);
			failure.initCause(ex);
			throw new ForyException(failure);
		}
	}

	private static ForyStruct ofRecord(Class<?> type) throws ReflectiveOperationException {
		RecordComponent[] components = type.getRecordComponents();
		StructField[] fields = new StructField[components.length];
		Class<?>[] types = new Class<?>[components.length];
		for (int i = 0; i < components.length; i++) {
			fields[i] = StructField.of(type.getDeclaredField(components[i].getName()));
			types[i] = components[i].getType();
		}
		Constructor<?> constructor = type.getDeclaredConstructor(types);
		constructor.setAccessible(true);
		MethodHandle handle = MethodHandles.lookup()
			.unreflectConstructor(constructor)
			.asSpreader(Object[].class, types.length);
		return new ForyStruct(type, fields, null, handle.asType(handle.type().changeReturnType(Object.class)));
	}

	private static ForyStruct ofClass(Class<?> type) {
		List<StructField> fields = new ArrayList<>();
		collect(type, fields);
		return new ForyStruct(type, fields.toArray(StructField[]::new), instantiator(type), null);
	}

	private static void collect(Class<?> type, List<StructField> fields) {
		if (JdkTypes.isPlatform(type)) {
			return;
		}
		collect(type.getSuperclass(), fields);
		Arrays.stream(type.getDeclaredFields())
			.filter((field) -> (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0)
			.sorted(Comparator.comparing(Field::getName))
			.map(StructField::of)
			.forEach(fields::add);
	}

	private static ObjectInstantiator<?> instantiator(Class<?> type) {
		if (Serializable.class.isAssignableFrom(type)) {
			try {
				// Runs the constructor that the JDK runs
				return ObjectInstantiators.createObjectStreamInstantiator(type);
			}
			catch (RuntimeException ex) {
				// None of its superclasses has one that takes no arguments
			}
		}
		return ObjectInstantiators.createObjectInstantiator(type);
	}

	/**
	 * Makes an object whose fields are not set.
	 * @return the object
	 */
	Object newInstance() {
		if (this.instantiator == null) {
			throw new IllegalStateException(this.type + " is a record");
		}
		return this.instantiator.newInstance();
	}

	/**
	 * Makes a record.
	 * @param values its components
	 * @return the record
	 */
	Object newRecord(@Nullable Object[] values) {
		if (this.constructor == null) {
			throw new IllegalStateException(this.type + " is no record");
		}
		try {
			return this.constructor.invokeExact(values);
		}
		catch (Throwable ex) {
			// As the JDK does
			InvalidObjectException failure = new InvalidObjectException(ex.getMessage());
			failure.initCause(ex);
			throw new ForyException(failure);
		}
	}

	/**
	 * A field.
	 *
	 * @param name its name
	 * @param type its type
	 * @param kind what it holds
	 * @param accessor reads and writes it
	 */
	record StructField(String name, Class<?> type, Kind kind, FieldAccessor accessor) {

		static StructField of(Field field) {
			return new StructField(field.getName(), field.getType(), Kind.of(field.getType()),
					FieldAccessor.createAccessor(field));
		}

		/** What a field holds. */
		enum Kind {

			BOOLEAN, BYTE, SHORT, CHAR, INT, LONG, FLOAT, DOUBLE, STRING,

			/** Objects of exactly one class, so that none need be named. */
			FINAL,

			/** Any object. */
			ANY;

			static Kind of(Class<?> type) {
				if (type.isPrimitive()) {
					return valueOf(type.getName().toUpperCase(java.util.Locale.ROOT));
				}
				if (type == String.class) {
					return STRING;
				}
				boolean known = Number.class.isAssignableFrom(type) || type == Boolean.class || type.isRecord()
						|| type.isEnum();
				return (known && Modifier.isFinal(type.getModifiers())) ? FINAL : ANY;
			}

		}

	}

}
