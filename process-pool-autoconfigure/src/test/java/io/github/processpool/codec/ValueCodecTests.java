package io.github.processpool.codec;

import java.awt.Point;
import java.io.Externalizable;
import java.io.File;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.text.DecimalFormat;
import java.text.SimpleDateFormat;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.management.BadAttributeValueExpException;

import io.github.processpool.SerializationCodec;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.codec.samples.Shape;
import io.github.processpool.codec.samples.Shapeless;
import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.PayloadOutput;
import io.github.processpool.protocol.PayloadTooLargeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests of {@link ValueCodec}, all of them with each codec.
 */
@ParameterizedClass
@EnumSource(SerializationCodec.class)
class ValueCodecTests {

	private static final long NO_LIMIT = Long.MAX_VALUE;

	private static final String TASK = "OrderService.price";

	private static final IntFunction<String> NAMES = (index) -> "parameter '" + "abcdefgh".charAt(index) + "'";

	private static final ClassLoader LOADER = ValueCodecTests.class.getClassLoader();

	private final SerializationCodec kind;

	private final ValueCodec codec;

	/** Writes what the other one refuses to read. */
	private final ValueCodec lenient;

	ValueCodecTests(SerializationCodec kind) {
		this.kind = kind;
		this.codec = codec("io.github.processpool.codec.ValueCodecTests");
		this.lenient = codec("io.github.processpool.codec.**", "java.awt.**", "javax.**");
	}

	static Stream<Object> values() throws UnknownHostException {
		Map<String, Integer> linked = new LinkedHashMap<>();
		linked.put("z", 1);
		linked.put("a", 2);
		Properties properties = new Properties();
		properties.setProperty("key", "value");
		BitSet bits = new BitSet();
		bits.set(77);
		return Stream.of(true, false, (byte) -7, (short) -300, 'ß', '\uffff', Integer.MIN_VALUE, Long.MIN_VALUE,
				Float.NaN, -0.0f, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, "", "plain", "Größe\u00ff", "日本語 😀",
				"\ud800 alone", "\u0000", "x".repeat(100_000), "語".repeat(100_000), new byte[0], new byte[] { 1, -1 },
				new byte[100_000], new boolean[] { true, false, true }, new short[] { Short.MIN_VALUE, 5 },
				new char[] { 'a', '\ud800' }, new int[] { 1, -1, Integer.MAX_VALUE }, randomInts(50_000),
				new long[] { Long.MIN_VALUE, 3 }, new float[] { 1.5f, Float.NaN }, new double[] { Math.PI, -0.0 },
				new String[] { "a", "b" }, new int[][] { { 1 }, {}, { 2, 3 } }, new Object[] { 1, "x", List.of() },
				BigInteger.TWO.pow(300), new BigDecimal("1.230"), RoundingMode.HALF_EVEN,
				UUID.fromString("7a9d3a0e-3a4a-4b0e-8d4e-0d7a0f6a2f11"), URI.create("https://example.org/?q=1"),
				new File("some/file"), InetAddress.getByAddress(new byte[] { 10, 0, 0, 1 }),
				InetSocketAddress.createUnresolved("example.org", 80), Locale.CANADA_FRENCH,
				Currency.getInstance("EUR"), bits, properties, new Date(1_700_000_000_000L),
				new GregorianCalendar(TimeZone.getTimeZone("Europe/Berlin")), TimeZone.getTimeZone("Asia/Tokyo"),
				new SimpleDateFormat("yyyy-MM-dd", Locale.ROOT), new DecimalFormat("0.00"),
				new java.sql.Timestamp(1_700_000_000_123L), java.sql.Date.valueOf("2024-02-29"),
				Instant.ofEpochSecond(1, 2), LocalDate.of(2024, 2, 29), LocalDateTime.of(2024, 2, 29, 1, 2),
				ZonedDateTime.of(2024, 2, 29, 1, 2, 3, 4, ZoneId.of("Europe/Paris")), ZoneOffset.ofHours(3),
				Duration.ofMillis(1234), Period.ofDays(3), Year.of(2024), DayOfWeek.FRIDAY, TimeUnit.DAYS, List.of(),
				List.of(1), List.of(1, 2, 3), Set.of("a", "b", "c"), Map.of("k", 1), Map.ofEntries(Map.entry("k", 1)),
				Stream.of(1, 2).toList(), Stream.of(1, null, 2).toList(), Arrays.asList(1, null),
				Collections.emptyList(), Collections.singletonMap("a", 1),
				Collections.unmodifiableList(new ArrayList<>(List.of(1))),
				Collections.synchronizedMap(new HashMap<>(Map.of(1, 2))), Collections.nCopies(3, "x"),
				new ArrayList<>(List.of(1, "two", 3L)), new LinkedList<>(List.of(1, 2)),
				new HashSet<>(List.of("x", "y")), new HashMap<>(Map.of("x", List.of(1))), linked,
				new TreeMap<>(Map.of("b", 1, "a", 2)), new ConcurrentHashMap<>(Map.of("a", 1)),
				new ConcurrentSkipListMap<>(Map.of("a", 1)), new CopyOnWriteArrayList<>(List.of(1)),
				EnumSet.of(Level.LOW), new EnumMap<>(Map.of(Level.HIGH, "h")), Level.LOW, Level.HIGH,
				new Item("name", new Item("inner", null)), new Item[] { new Item("a", null) },
				new SimpleEntry<>("k", "v"), String.class, int.class, int[].class, Item.class, Map.class,
				new Temperature(3), new Celsius(new Temperature(21)), Singleton.INSTANCE, new Bag<>(List.of(1)));
	}

	@ParameterizedTest
	@MethodSource("values")
	void valueSurvives(Object value) {
		Object read = roundTrip(value);
		assertThat(read).isEqualTo(value).hasSameClassAs(value);
	}

	static Stream<Object> valuesWithoutEquals() {
		return Stream.of(new ArrayDeque<>(List.of(1, 2)), new PriorityQueue<>(List.of(3, 1, 2)),
				new LinkedBlockingQueue<>(List.of(1)), new AtomicInteger(7), new AtomicReference<>("x"),
				new StringBuilder("sb"), Pattern.compile("a+", Pattern.CASE_INSENSITIVE));
	}

	@ParameterizedTest
	@MethodSource("valuesWithoutEquals")
	void valueWithoutEqualsSurvives(Object value) {
		assertThat(roundTrip(value)).hasToString(value.toString()).hasSameClassAs(value);
	}

	@Test
	void nullAndNoValuesSurvive() {
		assertThat(roundTrip(this.codec, new @Nullable Object[0])).isEmpty();
		assertThat(roundTrip(this.codec, new @Nullable Object[] { null, 1, null })).containsExactly(null, 1, null);
	}

	@Test
	void scalarsNeedNoSerialiser() {
		assertThat(encode(7)).hasSize(6);
		assertThat(encode("abc")).hasSize(9);
		assertThat(encode(new byte[1000])).hasSize(1006);
	}

	@Test
	void bytesAfterTheOffsetAreRead() {
		byte[] body = encode("a", List.of(1));
		byte[] shifted = new byte[body.length + 5];
		System.arraycopy(body, 0, shifted, 5, body.length);
		assertThat(this.codec.read(shifted, 5, TASK, NAMES)).containsExactly("a", List.of(1));
	}

	@Test
	void objectsSharedBetweenValuesStayShared() {
		List<Integer> shared = new ArrayList<>(List.of(1));
		byte[] bytes = { 1, 2 };
		Object[] read = roundTrip(this.codec, shared, "between", new Bag<>(shared), bytes, shared, bytes);
		assertThat(read[4]).isSameAs(read[0]);
		assertThat(((Bag<?>) read[2]).content).isSameAs(read[0]);
		assertThat(read[5]).isSameAs(read[3]);
	}

	@Test
	void cyclesSurvive() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		Map<String, Object> map = new HashMap<>();
		map.put("self", map);
		map.put("list", list);
		Map<?, ?> read = (Map<?, ?>) roundTrip(map);
		assertThat(read.get("self") == read).isTrue();
		List<?> readList = (List<?>) read.get("list");
		assertThat(readList.get(0) == readList).isTrue();
	}

	@Test
	void identityHashMapKeepsItsKeysApart() {
		Map<String, Integer> map = new IdentityHashMap<>();
		map.put(new String("k"), 1);
		map.put(new String("k"), 2);
		assertThat((Map<?, ?>) roundTrip(map)).hasSize(2);
	}

	@Test
	void serialisableLambdaSurvives() throws Exception {
		int captured = 41;
		Callable<Integer> task = (Callable<Integer> & Serializable) () -> captured + 1;
		assertThat(((Callable<?>) roundTrip(task)).call()).isEqualTo(42);
		Function<Item, String> name = (Function<Item, String> & Serializable) Item::name;
		@SuppressWarnings("unchecked")
		Comparator<Item> comparator = (Comparator<Item>) roundTrip(Comparator.comparing(name).reversed());
		assertThat(comparator.compare(new Item("a", null), new Item("b", null))).isPositive();
	}

	@Test
	void lambdaOfARefusedClassIsRefused() {
		Callable<Integer> task = (Callable<Integer> & Serializable) () -> 1;
		ValueCodec strict = codec();
		byte[] body = encode(this.lenient, task);
		assertThatExceptionOfType(TaskSerializationException.class).isThrownBy(() -> strict.read(body, 0, TASK, NAMES))
			.withMessageContaining("io.github.processpool.codec.ValueCodecTests is refused");
	}

	@Test
	void proxyIsJudgedByItsHandler() {
		Object proxy = Proxy.newProxyInstance(LOADER, new Class<?>[] { Map.class, Marker.class }, new Shapeless());
		byte[] body = encode(this.lenient, new Bag<>(proxy));
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.codec.read(body, 0, TASK, NAMES))
			.withMessageContaining("samples.Shapeless is refused by the filter");
		Bag<?> read = (Bag<?>) this.lenient.read(body, 0, TASK, NAMES)[0];
		assertThat(read.content).isInstanceOf(Map.class).isInstanceOf(Marker.class);
		assertThat(Proxy.getInvocationHandler(read.content)).isInstanceOf(Shapeless.class);
	}

	@Test
	void proxyIsJudgedByItsInterfaces() {
		InvocationHandler handler = new Handler();
		Object proxy = Proxy.newProxyInstance(LOADER, new Class<?>[] { javax.naming.Name.class }, handler);
		byte[] body = encode(this.lenient, proxy);
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.codec.read(body, 0, TASK, NAMES))
			.withMessageContaining("javax.naming.Name is refused by the filter");
	}

	static Stream<Object> refused() {
		return Stream.of(new Point(1, 2), new Bag<>(new Point(1, 2)), new Bag<>(new Point[0]),
				new Bag<>(new BadAttributeValueExpException("x")), new Bag<>(new Shape(new Shape.Circle(1))),
				Point.class);
	}

	@ParameterizedTest
	@MethodSource("refused")
	void refusedClassIsNamedWithTheRemedy(Object value) {
		byte[] body = encode(this.lenient, 1, value);
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.codec.read(body, 0, TASK, NAMES))
			.withMessageMatching("Task 'OrderService\\.price': parameter 'b' cannot be read: "
					+ "(java\\.awt\\.Point|javax\\.management\\.\\w+|io\\.github\\.\\S+Shape) is refused by the filter\\. "
					+ "Add it to 'process-pool\\.serialization\\.allow' if it may be deserialised\\.");
	}

	@Test
	void refusalIsNotSwallowedByReadObject() {
		byte[] body = encode(this.lenient, new Swallowing(new Point(1, 2)));
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.codec.read(body, 0, TASK, NAMES))
			.withMessageContaining("java.awt.Point is refused");
	}

	@Test
	void culpritIsNamedEvenIfNoExceptionOfOursIsAllowed() {
		ValueCodec strict = new ValueCodec(SerializationCodec.JDK, TypeFilter.of(List.of()), LOADER);
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> encode(strict, new ArrayList<>(List.of(new java.awt.Point()))))
			.withMessageContaining("parameter 'a' cannot be sent: java.awt.Point is refused by the filter (a[0])");
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> encode(strict, new ArrayList<>(List.of(new Object()))))
			.withMessageContaining("parameter 'a' cannot be sent: java.lang.Object is not Serializable (a[0])");
	}

	@Test
	void missingClassIsNamed() {
		byte[] body = encode(new Item("x", null));
		ValueCodec elsewhere = new ValueCodec(this.kind, TypeFilter.of(List.of()), new HidingClassLoader(Item.class));
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> elsewhere.read(body, 0, TASK, NAMES))
			.withMessageContaining("parameter 'a' cannot be read: class " + Item.class.getName()
					+ " is not on the class path of the application. Put it there, or pass")
			.withCauseInstanceOf(ClassNotFoundException.class);
	}

	static Stream<Arguments> unserialisable() {
		StringJoiner culprit = new StringJoiner("x");
		Object[] nested = { List.of(), new Object[] { culprit } };
		Callable<Object> lambda = (Callable<Object> & Serializable) () -> culprit;
		return Stream.of(arguments(culprit, ""), arguments(new Bag<>(culprit), " (b.content)"),
				arguments(new Bag<>(new Bag<>(culprit)), " (b.content.content)"),
				arguments(List.of(1, culprit), " (b[1])"),
				arguments(new Bag<>(List.of(new Bag<>(culprit))), " (b.content[0].content)"),
				arguments(Map.of("key", culprit), " (b[key])"),
				arguments(new HashMap<>(Map.of(culprit, 1)), " (b.key[?])"), arguments(nested, " (b[1][0])"),
				arguments(new Pair(1, new Bag<>(culprit)), " (b.second.content)"),
				arguments(new AtomicReference<>(culprit), " (b.value)"),
				arguments(Collections.unmodifiableList(new ArrayList<>(List.of(culprit))), " (b[0])"),
				arguments(new SubBag(culprit), " (b.content)"), arguments(lambda, " (b.captured[0])"),
				arguments(new Tags(culprit), " (b.extra)"),
				arguments(new IllegalStateException(new CarrierException(culprit)), " (b.cause.load)"));
	}

	@ParameterizedTest
	@MethodSource("unserialisable")
	void culpritIsNamedWithItsPath(Object value, String path) {
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> encode(List.of("fine"), value, List.of(new StringJoiner(""))))
			.withMessage("Task 'OrderService.price': parameter 'b' cannot be sent: java.util.StringJoiner is not "
					+ "Serializable" + path + ". Make it Serializable, or pass a value that is.")
			.withCauseInstanceOf(NotSerializableException.class);
	}

	@Test
	void culpritInAResultIsNamed() {
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.codec.write(new PayloadOutput(NO_LIMIT),
					new Object[] { new Bag<>(new StringJoiner("")) }, TASK, (index) -> "the result"))
			.withMessageContaining(
					"the result cannot be sent: java.util.StringJoiner is not Serializable (result.content)");
	}

	@Test
	void culpritWithoutAPathIsNamed() {
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> encode(new Failing(new NotSerializableException("com.acme.Foo"))))
			.withMessageContaining("cannot be sent: com.acme.Foo is not Serializable. Make it");
	}

	@Test
	void transientFieldsAndCyclesDoNotMisleadThePath() {
		Chain chain = new Chain();
		chain.ignored = new StringJoiner("");
		chain.self = chain;
		chain.list.add(chain);
		chain.list.add(new Bag<>(new StringJoiner("")));
		assertThatExceptionOfType(TaskSerializationException.class).isThrownBy(() -> encode(chain))
			.withMessageContaining("(a.list[1].content)");
	}

	static Stream<Throwable> failures() {
		return Stream.of(new IllegalStateException("boo"), new IOException("boo"), new StackOverflowError(),
				new OutOfMemoryError("boo"), new InternalError("boo"), new LinkageError("boo"));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void failureWhileWritingIsTheCause(Throwable failure) {
		assertThatExceptionOfType(TaskSerializationException.class).isThrownBy(() -> encode(1, new Failing(failure)))
			.withMessageContaining("Task 'OrderService.price': parameter 'b' cannot be sent: ")
			.withCause(failure);
	}

	@ParameterizedTest
	@MethodSource("failures")
	void failureWhileReadingIsTheCause(Throwable failure) {
		byte[] body = encode(1, new FailingReader(failure));
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.codec.read(body, 0, TASK, NAMES))
			.withMessageContaining("Task 'OrderService.price': parameter 'b' cannot be read: ")
			.satisfies((ex) -> assertThat(ex.getCause()).hasSameClassAs(failure).hasMessage(failure.getMessage()));
	}

	@Test
	void graphTooDeepForTheStackIsContained() {
		Bag<?> bag = new Bag<>("end");
		for (int i = 0; i < 200_000; i++) {
			bag = new Bag<>(bag);
		}
		Bag<?> deep = bag;
		assertThatExceptionOfType(TaskSerializationException.class).isThrownBy(() -> encode(deep))
			.withMessageContaining("nested too deeply")
			.withCauseInstanceOf(StackOverflowError.class);
	}

	static Stream<Object> sized() {
		return Stream.of(7, "text", "語", new byte[5000], new int[5000], new boolean[20_000], List.of(1, 2),
				new Item("x".repeat(3000), null), new Bag<>(new byte[3000]));
	}

	@ParameterizedTest
	@MethodSource("sized")
	void limitIsExact(Object value) {
		byte[] body = encode(value);
		PayloadOutput enough = new PayloadOutput(body.length);
		this.codec.write(enough, new Object[] { value }, TASK, NAMES);
		assertThat(enough.toPayload().toByteArray()).isEqualTo(body);
		PayloadOutput tooSmall = new PayloadOutput(body.length - 1);
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.codec.write(tooSmall, new Object[] { value }, TASK, NAMES))
			.withMessage("Task 'OrderService.price': parameter 'a' does not fit into " + (body.length - 1)
					+ " bytes. Raise 'process-pool.max-payload-size', or send less.")
			.withCauseInstanceOf(PayloadTooLargeException.class);
	}

	@Test
	void valueThatSwallowsTheLimitDoesNotGetThrough() {
		PayloadOutput out = new PayloadOutput(5000);
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.codec.write(out, new Object[] { 1, new Swallowing(new byte[10_000]) }, TASK, NAMES))
			.withMessageContaining("parameter 'b' does not fit into 5000 bytes");
	}

	@Test
	void tooManyValuesAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.codec.write(new PayloadOutput(NO_LIMIT), new Object[256], TASK, NAMES));
	}

	static Stream<Arguments> bodies() {
		return Stream.of(arguments((Object) new Object[] { 1, 2L, "text", "語", 'c', 1.5, (short) 1 }),
				arguments((Object) new Object[] { new byte[10], new int[] { 1 }, new boolean[3], new long[2] }),
				arguments((Object) new Object[] { "x", new Item("a", new Item("b", null)), new ArrayList<>(List.of(1)),
						new HashMap<>(Map.of("k", Level.HIGH)), List.of(1, 2, 3), new int[][] { { 1 } },
						LocalDate.EPOCH }));
	}

	@ParameterizedTest
	@MethodSource("bodies")
	void bodyCutAnywhereIsRefused(Object[] values) {
		byte[] body = encode(values);
		for (int length = 0; length < body.length; length++) {
			byte[] cut = Arrays.copyOf(body, length);
			assertThatExceptionOfType(TaskSerializationException.class).as("cut at %s", length)
				.isThrownBy(() -> this.codec.read(cut, 0, TASK, (index) -> "value " + index));
		}
	}

	@ParameterizedTest
	@MethodSource("bodies")
	void bodyWithSomethingBehindIsRefused(Object[] values) {
		byte[] body = encode(values);
		byte[] longer = Arrays.copyOf(body, body.length + 1);
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.codec.read(longer, 0, TASK, NAMES))
			.withMessageContaining("1 bytes too many");
	}

	@Test
	void offsetOutsideOfTheBodyIsRefused() {
		byte[] body = encode(1);
		for (int offset : new int[] { -1, body.length, body.length + 1, Integer.MAX_VALUE }) {
			assertThatExceptionOfType(TaskSerializationException.class)
				.isThrownBy(() -> this.codec.read(body, offset, TASK, NAMES))
				.withMessageContaining("Task 'OrderService.price'");
		}
	}

	@Test
	void lengthsAreCheckedBeforeMemoryIsTaken() {
		for (int tag = Tag.STRING_LATIN1; tag <= Tag.DOUBLES; tag++) {
			for (int length : new int[] { -1, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 7, 16 }) {
				byte[] body = { 1, (byte) tag, (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8),
						(byte) length, 0, 0 };
				assertThatExceptionOfType(TaskSerializationException.class)
					.isThrownBy(() -> this.codec.read(body, 0, TASK, NAMES))
					.withMessageContaining("damaged at byte")
					.withCauseInstanceOf(DamagedBodyException.class);
			}
		}
	}

	@Test
	void garbageIsRefused() {
		Random random = new Random(42);
		byte[][] seeds = bodies().map((arguments) -> encode((Object[]) arguments.get()[0])).toArray(byte[][]::new);
		int refused = 0;
		for (int round = 0; round < 20_000; round++) {
			byte[] body;
			if (round % 4 == 0) {
				body = new byte[random.nextInt(200)];
				random.nextBytes(body);
			}
			else {
				body = seeds[random.nextInt(seeds.length)].clone();
				for (int i = random.nextInt(4); i >= 0; i--) {
					body[random.nextInt(body.length)] = (byte) random.nextInt(256);
				}
			}
			try {
				this.codec.read(body, 0, TASK, (index) -> "value " + index);
			}
			catch (TaskSerializationException ex) {
				assertThat(ex.getCause()).isNotInstanceOf(OutOfMemoryError.class)
					.isNotInstanceOf(IndexOutOfBoundsException.class);
				refused++;
			}
		}
		assertThat(refused).isGreaterThan(5000);
	}

	@Test
	void largeArraysAreNotCopied() {
		byte[] large = new byte[50_000];
		PayloadOutput out = new PayloadOutput(NO_LIMIT, PayloadOutput.LargeArrays.SHARED);
		this.codec.write(out, new Object[] { large, 1, new byte[3], large, List.of(2), new byte[40_000] }, TASK, NAMES);
		Payload payload = out.toPayload();
		assertThat(payload.arrays()).hasSize(2).first().isSameAs(large);
		@Nullable Object[] read = this.codec.read(payload.toByteArray(), 0, payload.arrays(), TASK, NAMES);
		assertThat(read[0]).isSameAs(large);
		assertThat(read[3]).isSameAs(large);
		assertThat(read[4]).isEqualTo(List.of(2));
		assertThat(read[5]).isSameAs(payload.arrays().get(1));
	}

	@Test
	void largeArraysThatDoNotFitTheValuesAreRefused() {
		PayloadOutput out = new PayloadOutput(NO_LIMIT, PayloadOutput.LargeArrays.SHARED);
		this.codec.write(out, new Object[] { new byte[50_000], List.of(2) }, TASK, NAMES);
		Payload payload = out.toPayload();
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.codec.read(payload.toByteArray(), 0, TASK, NAMES))
			.withMessageContaining("a large array that did not come");
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.codec.read(payload.toByteArray(), 0, List.of(new byte[1], new byte[1]), TASK, NAMES))
			.withMessageContaining("1 large arrays too many");
	}

	@Test
	void codecIsThreadSafe() {
		Object[] values = { new Item("a", null), "text", new HashMap<>(Map.of("k", List.of(1, 2))) };
		assertThat(Stream.generate(() -> values).parallel().limit(2000).map((v) -> roundTrip(this.codec, v)))
			.allSatisfy((read) -> assertThat(read).isEqualTo(values));
	}

	private static int[] randomInts(int size) {
		return new Random(1).ints(size).toArray();
	}

	private ValueCodec codec(String... patterns) {
		return new ValueCodec(this.kind, TypeFilter.of(List.of(patterns)), LOADER);
	}

	private @Nullable Object roundTrip(Object value) {
		return roundTrip(this.codec, value)[0];
	}

	private static @Nullable Object[] roundTrip(ValueCodec codec, @Nullable Object... values) {
		return codec.read(encode(codec, values), 0, TASK, NAMES);
	}

	private byte[] encode(@Nullable Object... values) {
		return encode(this.codec, values);
	}

	private static byte[] encode(ValueCodec codec, @Nullable Object... values) {
		PayloadOutput out = new PayloadOutput(NO_LIMIT);
		codec.write(out, values, TASK, NAMES);
		return out.toPayload().toByteArray();
	}

	/** Enum with bodies. */
	enum Level {

		LOW {
			@Override
			int value() {
				return 1;
			}
		},

		HIGH {
			@Override
			int value() {
				return 2;
			}
		};

		abstract int value();

	}

	/** A record. */
	record Item(String name, @Nullable Item inner) implements Serializable {
	}

	/** A record of anything. */
	record Pair(Object first, Object second) implements Serializable {
	}

	/** An interface that is not public. */
	interface Marker {

	}

	/** A holder of anything. */
	static class Bag<T> implements Serializable {

		private static final long serialVersionUID = 1L;

		final T content;

		Bag(T content) {
			this.content = content;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Bag<?> bag && bag.content.equals(this.content);
		}

		@Override
		public int hashCode() {
			return this.content.hashCode();
		}

	}

	/** A subclass without fields of its own. */
	static final class SubBag extends Bag<Object> {

		private static final long serialVersionUID = 1L;

		SubBag(Object content) {
			super(content);
		}

	}

	/** A collection with a field. */
	static final class Tags extends ArrayList<String> {

		private static final long serialVersionUID = 1L;

		private final Object extra;

		Tags(Object extra) {
			this.extra = extra;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Tags tags && tags.extra.equals(this.extra) && super.equals(other);
		}

		@Override
		public int hashCode() {
			return super.hashCode();
		}

	}

	/** An exception that carries anything. */
	static final class CarrierException extends Exception {

		private static final long serialVersionUID = 1L;

		@SuppressWarnings("serial")
		private final Object load;

		CarrierException(Object load) {
			this.load = load;
		}

		Object load() {
			return this.load;
		}

	}

	/** Refers to itself, and to something that is not written. */
	static final class Chain implements Serializable {

		private static final long serialVersionUID = 1L;

		transient @Nullable Object ignored;

		@Nullable Chain self;

		final List<Object> list = new ArrayList<>();

	}

	/** Writes and reads itself. */
	public static final class Temperature implements Externalizable {

		private int degrees;

		/**
		 * For the stream.
		 */
		public Temperature() {
		}

		Temperature(int degrees) {
			this.degrees = degrees;
		}

		@Override
		public void writeExternal(ObjectOutput out) throws IOException {
			out.writeInt(this.degrees);
		}

		@Override
		public void readExternal(ObjectInput in) throws IOException {
			this.degrees = in.readInt();
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Temperature temperature && temperature.degrees == this.degrees;
		}

		@Override
		public int hashCode() {
			return this.degrees;
		}

	}

	/** Travels as something else. */
	static final class Celsius implements Serializable {

		private static final long serialVersionUID = 1L;

		private final transient Temperature temperature;

		Celsius(Temperature temperature) {
			this.temperature = temperature;
		}

		private Object writeReplace() {
			return new Form(this.temperature.degrees);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Celsius celsius && celsius.temperature.equals(this.temperature);
		}

		@Override
		public int hashCode() {
			return this.temperature.hashCode();
		}

		private record Form(int degrees) implements Serializable {

			private Object readResolve() {
				return new Celsius(new Temperature(this.degrees));
			}

		}

	}

	/** Is always the same. */
	static final class Singleton implements Serializable {

		private static final long serialVersionUID = 1L;

		static final Singleton INSTANCE = new Singleton();

		private Object readResolve() {
			return INSTANCE;
		}

	}

	/** A handler that the filter of the tests allows. */
	static final class Handler implements InvocationHandler, Serializable {

		private static final long serialVersionUID = 1L;

		@Override
		public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
			return null;
		}

	}

	/** Fails when it is written. */
	static final class Failing implements Serializable {

		private static final long serialVersionUID = 1L;

		private final transient Throwable failure;

		Failing(Throwable failure) {
			this.failure = failure;
		}

		private void writeObject(ObjectOutputStream out) throws IOException {
			ValueCodecTests.<RuntimeException>sneak(this.failure);
		}

	}

	/** Fails when it is read. */
	static final class FailingReader implements Serializable {

		private static final long serialVersionUID = 1L;

		private final Throwable failure;

		FailingReader(Throwable failure) {
			this.failure = failure;
		}

		private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
			in.defaultReadObject();
			ValueCodecTests.<RuntimeException>sneak(this.failure);
		}

	}

	/** Ignores whatever happens to its content. */
	static final class Swallowing implements Serializable {

		private static final long serialVersionUID = 1L;

		private transient @Nullable Object content;

		Swallowing(Object content) {
			this.content = content;
		}

		private void writeObject(ObjectOutputStream out) throws IOException {
			try {
				out.writeObject(this.content);
			}
			catch (IOException ex) {
				// Deliberately
			}
		}

		private void readObject(ObjectInputStream in) throws IOException {
			try {
				this.content = in.readObject();
			}
			catch (IOException | ClassNotFoundException ex) {
				// Deliberately
			}
		}

	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void sneak(Throwable failure) throws T {
		throw (T) failure;
	}

}
