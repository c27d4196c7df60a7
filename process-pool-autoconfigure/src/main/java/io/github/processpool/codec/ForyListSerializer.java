package io.github.processpool.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import org.apache.fory.Fory;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.reflect.FieldAccessor;
import org.apache.fory.resolver.TypeResolver;
import org.apache.fory.serializer.collection.CollectionSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Immutable lists, of which those that streams make may hold {@code null}, and parts of
 * other lists, which become lists of their own. Confined to the thread that has the
 * {@link ForyInstance}.
 */
@SuppressWarnings("rawtypes")
final class ForyListSerializer extends CollectionSerializer<List> {

	private static final byte IMMUTABLE = 0;

	private static final byte IMMUTABLE_WITH_NULLS = 1;

	private static final byte MUTABLE = 2;

	private static final Class<?> IMMUTABLE_LIST = List.of(1, 2, 3).getClass();

	private static final Class<?> IMMUTABLE_PART = List.of(1, 2, 3).subList(0, 2).getClass();

	/** To find that out by asking for {@code null} costs an exception for each list. */
	private static final @Nullable FieldAccessor ALLOW_NULLS = allowNulls();

	@SuppressWarnings("unchecked")
	private ForyListSerializer(TypeResolver resolver, Class<?> type) {
		super(resolver, (Class<List>) type, false);
	}

	static void register(Fory fory) {
		List<Integer> part = new ArrayList<>(List.of(1, 2)).subList(0, 1);
		List<Integer> partOfAny = Arrays.asList(1, 2).subList(0, 1);
		for (Class<?> type : List.of(IMMUTABLE_LIST, IMMUTABLE_PART, part.getClass(), partOfAny.getClass(),
				partOfAny.getClass().getSuperclass())) {
			fory.registerSerializer(type, new ForyListSerializer(fory.getTypeResolver(), type));
		}
	}

	private static @Nullable FieldAccessor allowNulls() {
		try {
			return FieldAccessor.createAccessor(IMMUTABLE_LIST.getDeclaredField("allowNulls"));
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return null;
		}
	}

	@Override
	public void write(WriteContext context, List value) {
		context.writeByte(kind(value));
		super.write(context, value);
	}

	private static byte kind(List<?> value) {
		if (value.getClass() == IMMUTABLE_LIST) {
			boolean nulls = (ALLOW_NULLS != null) ? ALLOW_NULLS.getBoolean(value)
					: value.stream().anyMatch(Objects::isNull);
			return nulls ? IMMUTABLE_WITH_NULLS : IMMUTABLE;
		}
		if (value.getClass() == IMMUTABLE_PART) {
			return value.stream().anyMatch(Objects::isNull) ? IMMUTABLE_WITH_NULLS : IMMUTABLE;
		}
		return MUTABLE;
	}

	@Override
	public Collection newCollection(ReadContext context, boolean elementReadAlwaysAdvances) {
		int size = readCollectionSize(context, context.getBuffer(), elementReadAlwaysAdvances);
		setNumElements(size);
		return new ArrayList<>(size);
	}

	@Override
	public List read(ReadContext context) {
		byte kind = context.readByte();
		List<?> elements = super.read(context);
		return switch (kind) {
			case IMMUTABLE -> List.of(elements.toArray());
			case IMMUTABLE_WITH_NULLS -> Arrays.stream(elements.toArray()).toList();
			case MUTABLE -> elements;
			default -> throw new IllegalArgumentException("list of kind " + kind);
		};
	}

}
