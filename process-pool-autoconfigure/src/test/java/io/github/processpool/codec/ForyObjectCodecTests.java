package io.github.processpool.codec;

import java.awt.Point;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import io.github.processpool.ProcessTask;
import io.github.processpool.SerializationCodec;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.protocol.PayloadOutput;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link ForyObjectCodec}: what it can do that the JDK cannot, when it leaves a
 * graph to the JDK, and what hostile bytes may cost.
 */
class ForyObjectCodecTests {

	private static final IntFunction<String> NAMES = (index) -> "parameter '" + "abcdefgh".charAt(index) + "'";

	/** Offset of the graph behind the number of values and one tag. */
	private static final int GRAPH = 2;

	private static final byte JDK = (byte) 0xac;

	private final ValueCodec codec = codec(getClass().getClassLoader(),
			"io.github.processpool.codec.ForyObjectCodecTests");

	static Stream<Object> plainValues() {
		Tree tree = new Tree("root");
		tree.children.add(new Tree("left"));
		tree.children.add(tree);
		return Stream.of(new Dto("name", 7, List.of(new Part(1.5, Unit.METRE), new Part(2.5, null))), new Part(1, null),
				new Derived("base", "own"), new Circle(2), new Square(3), Optional.of(new Part(1, Unit.YARD)),
				Optional.empty(), List.of(new Circle(1), new Square(2)), Map.of("k", new Circle(1)),
				new Circle[] { new Circle(1) }, new Shape[][] { { new Circle(1) }, null },
				new Wrapper<>(new EnumMap<>(Map.of(Unit.YARD, 1))), new Wrapper<>(Set.of(1, 2)),
				new Primitives(true, (byte) -1, (short) -2, 'ß', Integer.MIN_VALUE, Long.MIN_VALUE, 1.5f, -0.0),
				new Wrapper<>(null), new Wrapper<>(Arrays.asList(1, null)), tree);
	}

	@ParameterizedTest
	@MethodSource("plainValues")
	void objectsNeedNotBeSerialisable(Object value) {
		byte[] body = encode(value);
		assertThat(body[GRAPH]).isNotEqualTo(JDK);
		assertThat(decode(body)[0]).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(value);
	}

	@Test
	void innerAndLocalObjectsKeepWhatTheyRefersTo() {
		Tree tree = new Tree("outer");
		Tree.Leaf read = (Tree.Leaf) roundTrip(tree.leaf());
		assertThat(read.path()).isEqualTo("outer/leaf");
	}

	@Test
	void transientFieldsAreLeftOut() {
		Cached cached = new Cached("key");
		assertThat(cached.text()).isEqualTo("key!");
		Cached read = (Cached) roundTrip(cached);
		assertThat(read.memo).isNull();
		assertThat(read.text()).isEqualTo("key!");
	}

	@Test
	void partsOfListsBecomeLists() {
		List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
		assertThat(roundTrip(list.subList(0, 2))).isEqualTo(List.of(1, 2)).isInstanceOf(ArrayList.class);
		assertThat(roundTrip(Arrays.asList(1, null).subList(1, 2))).isEqualTo(Arrays.asList((Object) null));
		assertThat(roundTrip(List.of(1, 2, 3).subList(1, 3))).isEqualTo(List.of(2, 3));
		assertThat(roundTrip(Stream.of(1, null, 2).toList().subList(0, 2))).isEqualTo(Arrays.asList(1, null));
	}

	@Test
	void sharedObjectsAndCyclesSurvive() {
		Part shared = new Part(1, Unit.YARD);
		Wrapper<Object> first = new Wrapper<>(shared);
		Wrapper<Object> second = new Wrapper<>(first);
		first.content = List.of(shared, second, shared);
		Object[] read = decode(encode(first, second, shared));
		List<?> list = (List<?>) ((Wrapper<?>) read[0]).content;
		assertThat(list.get(0)).isSameAs(list.get(2)).isSameAs(read[2]);
		assertThat(list.get(1)).isSameAs(read[1]);
		assertThat(((Wrapper<?>) read[1]).content).isSameAs(read[0]);
	}

	@Test
	void graphWithAnExoticObjectIsLeftToTheJdkAsAWhole() {
		List<Integer> shared = new ArrayList<>(List.of(1));
		byte[] body = encode(new Holder(shared, new Exotic(shared)), shared);
		assertThat(body[GRAPH + 1]).isEqualTo(JDK);
		Object[] read = decode(body);
		Holder holder = (Holder) read[0];
		assertThat(holder.first).isSameAs(read[1]);
		assertThat(((Exotic) holder.second).content).isSameAs(read[1]);
	}

	@Test
	void exoticObjectInAGraphThatTheJdkCannotWriteIsEmbedded() {
		Exotic exotic = new Exotic(new ArrayList<>(List.of(1)));
		Wrapper<Object> wrapper = new Wrapper<>(List.of(exotic, new Outside(7), exotic));
		byte[] body = encode(wrapper);
		assertThat(body[GRAPH]).isNotEqualTo(JDK);
		List<?> read = (List<?>) ((Wrapper<?>) decode(body)[0]).content;
		assertThat(((Exotic) read.get(0)).content).isEqualTo(List.of(1));
		assertThat(((Outside) read.get(1)).number).isEqualTo(7);
		assertThat(read.get(2)).isSameAs(read.get(0));
	}

	@Test
	void fieldsOfASuperclassAreNotLostBecauseOfAnExoticObject() {
		Derived derived = new Derived("base", "own");
		Object[] read = decode(encode(new Holder(derived, new Exotic("x"))));
		assertThat(((Holder) read[0]).first).usingRecursiveComparison().isEqualTo(derived);
	}

	@Test
	void exceptionsInValuesKeepEverything() {
		Failure failure = new Failure("boo", 42, new IOException("cause"));
		failure.addSuppressed(new IllegalStateException("suppressed"));
		for (Object holder : List.of(new Holder(failure, "x"), new Wrapper<>(List.of(failure)))) {
			Object read = roundTrip(holder);
			Object content = (read instanceof Holder h) ? h.first : ((List<?>) ((Wrapper<?>) read).content).get(0);
			assertThat(content).isInstanceOfSatisfying(Failure.class, (ex) -> {
				assertThat(ex.code).isEqualTo(42);
				assertThat(ex).hasMessage("boo").hasCauseInstanceOf(IOException.class);
				assertThat(ex.getStackTrace()).isEqualTo(failure.getStackTrace());
				assertThat(ex.getSuppressed()).hasSize(1);
				assertThat(ex.getSuppressed()[0]).hasMessage("suppressed");
			});
		}
	}

	@Test
	void taskGoesThroughTheJdkUnlessItCapturesWhatTheJdkCannotWrite() throws Exception {
		int number = 41;
		ProcessTask<Integer> simple = () -> number + 1;
		byte[] body = encode(simple);
		assertThat(body[GRAPH]).isEqualTo(JDK);
		assertThat(((ProcessTask<?>) decode(body)[0]).call()).isEqualTo(42);
		Dto dto = new Dto("captured", 1, List.of());
		ProcessTask<String> capturing = () -> dto.name() + number;
		body = encode(capturing);
		assertThat(body[GRAPH]).isNotEqualTo(JDK);
		assertThat(((ProcessTask<?>) decode(body)[0]).call()).isEqualTo("captured41");
	}

	@Test
	void lambdaThatIsNotSerialisableIsRefused() {
		Runnable lambda = () -> {
		};
		assertThatExceptionOfType(TaskSerializationException.class).isThrownBy(() -> encode(new Wrapper<>(lambda)))
			.withMessageContaining("is not Serializable (a.content)");
	}

	@Test
	void refusedClassIsNamedWithItsPathWhenItIsWritten() {
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> encode("x", new Wrapper<>(List.of(new Wrapper<>(new Point(1, 2))))))
			.withMessage("Task 'task': parameter 'b' cannot be sent: java.awt.Point is refused by the filter "
					+ "(b.content[0].content). Add it to 'process-pool.serialization.allow' if it may be sent.");
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> encode(new Wrapper<>(new Point[0])))
			.withMessageContaining("java.awt.Point is refused by the filter (a.content)");
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> encode(new Wrapper<>(new Thread())))
			.withMessageContaining("java.lang.Thread is not Serializable (a.content). Make it");
	}

	@Test
	void failureOfAConstructorIsTheCause() {
		byte[] body = encode(new Positive(5));
		int at = indexOf(body, (byte) 10);
		body[at] = 9;
		assertThatExceptionOfType(TaskSerializationException.class).isThrownBy(() -> decode(body))
			.withMessageContaining("parameter 'a' cannot be read: that failed with java.io.InvalidObjectException: -5")
			.withRootCauseInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void fieldGetsNothingButWhatIsOfItsType() throws Exception {
		GeneratedLoader lying = new GeneratedLoader("Ljava/lang/Object;");
		GeneratedLoader honest = new GeneratedLoader("Ljava/util/Date;");
		Object value = lying.sample(List.of("no date"));
		byte[] body = encode(codec(lying, "generated.*"), value);
		ValueCodec reader = codec(honest, "generated.*");
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> reader.read(body, 0, "task", NAMES))
			.withMessageContaining("generated.Sample; its field 'content' cannot hold an object of ");
	}

	@Test
	void classesAreFoundByTheClassLoaderOfThePoolAlone() {
		byte[] body = encode(new Part(1, null));
		ValueCodec elsewhere = codec(new HidingClassLoader(Part.class), "io.github.processpool.**");
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(null);
		try {
			assertThat(decode(body)[0]).isEqualTo(new Part(1, null));
			thread.setContextClassLoader(getClass().getClassLoader());
			assertThatExceptionOfType(TaskSerializationException.class)
				.isThrownBy(() -> elsewhere.read(body, 0, "task", NAMES))
				.withMessageContaining(
						"class " + Part.class.getName() + " is not on the class path of the application");
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	@Test
	void classLoaderIsNotKeptAlive() throws Exception {
		WeakReference<ClassLoader> loader = useAClassLoader();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			System.gc();
			return loader.get() == null;
		});
	}

	private WeakReference<ClassLoader> useAClassLoader() throws Exception {
		GeneratedLoader loader = new GeneratedLoader("Ljava/lang/Object;");
		ValueCodec own = codec(loader, "generated.*", "io.github.processpool.**");
		for (Object content : new Object[] { "x", List.of(loader.sample(1)), new Exotic("x") }) {
			Object read = own.read(encode(own, loader.sample(content)), 0, "task", NAMES)[0];
			assertThat(read.getClass().getClassLoader()).isSameAs(loader);
		}
		return new WeakReference<>(loader);
	}

	@Test
	void graphTooDeepForTheStackIsContained() throws Exception {
		Wrapper<Object> deep = deep(200_000);
		assertThatExceptionOfType(TaskSerializationException.class).isThrownBy(() -> encode(deep))
			.withMessageContaining("nested too deeply");
		AtomicReference<byte[]> body = new AtomicReference<>();
		Thread thread = new Thread(null, () -> body.set(encode(deep(StreamFilter.MAX_DEPTH + 10))), "deep", 1L << 29);
		thread.start();
		thread.join(TimeUnit.SECONDS.toMillis(30));
		assertThat(body.get()).isNotNull();
		assertThatExceptionOfType(TaskSerializationException.class).isThrownBy(() -> decode(body.get()))
			.withMessageContaining("nested");
		assertThat(roundTrip(new Part(1, null))).isEqualTo(new Part(1, null));
	}

	private static Wrapper<Object> deep(int depth) {
		Wrapper<Object> wrapper = new Wrapper<>("end");
		for (int i = 0; i < depth; i++) {
			wrapper = new Wrapper<>(wrapper);
		}
		return wrapper;
	}

	@Test
	void limitIsFoundWhileWriting() {
		List<Object> parts = new ArrayList<>();
		for (int i = 0; i < 100_000; i++) {
			parts.add(new Dto("x".repeat(100), i, List.of()));
		}
		long before = allocated();
		PayloadOutput out = new PayloadOutput(10_000);
		assertThatExceptionOfType(TaskSerializationException.class)
			.isThrownBy(() -> this.codec.write(out, new Object[] { parts }, "task", NAMES))
			.withMessageContaining("parameter 'a' does not fit into 10000 bytes");
		assertThat(allocated() - before).isLessThan(2_000_000);
	}

	static Stream<Object> hostileSeeds() {
		return Stream.of(new Object[0x1234], new ArrayList<>(List.of(1, 2)), new HashMap<>(Map.of("k", 1)),
				new LinkedHashMap<>(Map.of("k", 1)), new TreeMap<>(Map.of("k", 1)), new LinkedHashSet<>(List.of(1)),
				List.of(1, 2, 3), Map.of("k", 1, "l", 2), Set.of(1, 2), new int[][] { { 1 }, { 2 } },
				new Wrapper<>("text"), new Wrapper<>(new byte[] { 1, 2 }), new Wrapper<>(new StringBuilder("text")),
				new EnumMap<>(Map.of(Unit.YARD, 1)), new Dto("name", 7, List.of(new Part(1.5, Unit.METRE))),
				new Wrapper<>(new Exotic("x")), new Part[] { new Part(1, null) });
	}

	@ParameterizedTest
	@MethodSource("hostileSeeds")
	void claimsCostNoMemory(Object seed) {
		byte[] body = encode(seed);
		// Varints, and fixed lengths, of any size at any place
		byte[][] claims = { { -1, -1, -1, -1, 7 }, { -1, -1, -1, 127 }, { -1, 127 }, { 127, -1, -1, -1 } };
		decode(body);
		for (int at = GRAPH; at < body.length; at++) {
			for (byte[] claim : claims) {
				byte[] hostile = body.clone();
				System.arraycopy(claim, 0, hostile, at, Math.min(claim.length, body.length - at));
				long before = allocated();
				decodeAnything(hostile);
				assertThat(allocated() - before).as("claim %s at %s", Arrays.toString(claim), at).isLessThan(4_000_000);
			}
		}
	}

	@Test
	void garbageIsContained() {
		Random random = new Random(7);
		byte[][] seeds = Stream.concat(hostileSeeds(), plainValues()).map(this::encode).toArray(byte[][]::new);
		long before = allocated();
		int rounds = 4000;
		int refused = 0;
		for (int round = 0; round < rounds; round++) {
			byte[] body = seeds[random.nextInt(seeds.length)].clone();
			for (int i = random.nextInt(3); i >= 0; i--) {
				body[GRAPH + random.nextInt(body.length - GRAPH)] = (byte) random.nextInt(256);
			}
			refused += decodeAnything(body) ? 0 : 1;
		}
		assertThat(refused).isGreaterThan(rounds / 4);
		assertThat((allocated() - before) / rounds).isLessThan(500_000);
		assertThat(roundTrip(new Part(1, null))).isEqualTo(new Part(1, null));
	}

	private boolean decodeAnything(byte[] body) {
		try {
			decode(body);
			return true;
		}
		catch (TaskSerializationException ex) {
			assertThat(ex.getCause()).isNotInstanceOf(OutOfMemoryError.class)
				.isNotInstanceOf(RuntimeException.class)
				.isNotInstanceOf(LinkageError.class);
			return false;
		}
	}

	@Test
	void codeThatRunsWhileAnObjectIsWrittenMayUseTheCodec() {
		Object value = new Wrapper<>(List.of(new Outside(1), new Nesting()));
		assertThat(((Wrapper<?>) roundTrip(value)).content).asString().contains("Nesting");
	}

	@Test
	void warmUpWorksWithAnyFilter() {
		codec(getClass().getClassLoader()).warmUp();
	}

	private static long allocated() {
		return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
	}

	private static int indexOf(byte[] bytes, byte b) {
		int at = -1;
		for (int i = 0; i < bytes.length; i++) {
			if (bytes[i] == b) {
				at = i;
			}
		}
		assertThat(at).isPositive();
		return at;
	}

	private static ValueCodec codec(ClassLoader loader, String... patterns) {
		return new ValueCodec(SerializationCodec.FORY, TypeFilter.of(List.of(patterns)), loader);
	}

	private @Nullable Object roundTrip(Object value) {
		return decode(encode(value))[0];
	}

	private @Nullable Object[] decode(byte[] body) {
		return this.codec.read(body, 0, "task", NAMES);
	}

	private byte[] encode(@Nullable Object... values) {
		return encode(this.codec, values);
	}

	private static byte[] encode(ValueCodec codec, @Nullable Object... values) {
		PayloadOutput out = new PayloadOutput(Integer.MAX_VALUE);
		codec.write(out, values, "task", NAMES);
		return out.toPayload().toByteArray();
	}

	/** Not serialisable. */
	record Dto(String name, int count, List<Part> parts) {
	}

	/** Not serialisable. */
	record Part(double size, @Nullable Unit unit) {
	}

	/** All primitive types. */
	record Primitives(boolean a, byte b, short c, char d, int e, long f, float g, double h) {
	}

	/** Refuses values. */
	record Positive(int value) {

		Positive {
			if (value < 0) {
				throw new IllegalArgumentException(String.valueOf(value));
			}
		}

	}

	/** An enum. */
	enum Unit {

		METRE, YARD

	}

	/** A sealed hierarchy. */
	sealed interface Shape {

	}

	/** A shape. */
	record Circle(double radius) implements Shape {
	}

	/** A shape that is no record. */
	static final class Square implements Shape {

		private final double side;

		Square(double side) {
			this.side = side;
		}

		double side() {
			return this.side;
		}

	}

	/** Not serialisable, without a constructor that takes nothing. */
	static class Wrapper<T> {

		@Nullable T content;

		Wrapper(@Nullable T content) {
			this.content = content;
		}

		@Override
		public String toString() {
			return "Wrapper of " + this.content;
		}

	}

	/** Not serialisable. */
	static final class Outside {

		private final int number;

		Outside(int number) {
			this.number = number;
		}

	}

	/** Refers to itself and is referred to by inner objects. */
	static final class Tree {

		private final String name;

		private final List<Tree> children = new ArrayList<>();

		Tree(String name) {
			this.name = name;
		}

		Leaf leaf() {
			return new Leaf();
		}

		/** Has an outer object. */
		final class Leaf {

			String path() {
				return Tree.this.name + "/leaf";
			}

		}

	}

	/** Has something that is not worth sending. */
	static final class Cached {

		private final String key;

		private transient @Nullable String memo;

		Cached(String key) {
			this.key = key;
		}

		String text() {
			if (this.memo == null) {
				this.memo = this.key + "!";
			}
			return this.memo;
		}

	}

	/** Not serialisable. */
	static class Base {

		private final String base;

		Base() {
			this("none");
		}

		Base(String base) {
			this.base = base;
		}

		String base() {
			return this.base;
		}

	}

	/** Serialisable, unlike its superclass. */
	static final class Derived extends Base implements Serializable {

		private static final long serialVersionUID = 1L;

		private final String own;

		Derived(String base, String own) {
			super(base);
			this.own = own;
		}

		String own() {
			return this.own;
		}

	}

	/** Serialisable. */
	record Holder(Object first, Object second) implements Serializable {
	}

	/** Has serialisation methods of its own. */
	static final class Exotic implements Serializable {

		private static final long serialVersionUID = 1L;

		private transient Object content;

		Exotic(Object content) {
			this.content = content;
		}

		private void writeObject(ObjectOutputStream out) throws IOException {
			out.writeObject(this.content);
		}

		private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
			this.content = in.readObject();
		}

	}

	/** Encodes something while it is encoded. */
	public static final class Nesting implements Externalizable {

		/**
		 * For the stream.
		 */
		public Nesting() {
		}

		@Override
		public void writeExternal(ObjectOutput out) throws IOException {
			ValueCodec codec = codec(getClass().getClassLoader(), "io.github.processpool.**");
			out.writeInt(encode(codec, new Outside(3)).length);
		}

		@Override
		public void readExternal(ObjectInput in) throws IOException {
			in.readInt();
		}

	}

	/** An exception with a field. */
	static final class Failure extends Exception {

		private static final long serialVersionUID = 1L;

		private final int code;

		Failure(String message, int code, Throwable cause) {
			super(message, cause);
			this.code = code;
		}

	}

	/** Has a class whose only field is of a type of choice. */
	private static final class GeneratedLoader extends ClassLoader {

		private final Class<?> sample;

		GeneratedLoader(String fieldType) {
			super(GeneratedLoader.class.getClassLoader());
			ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
			writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "generated/Sample", null, "java/lang/Object", null);
			writer.visitField(Opcodes.ACC_PUBLIC, "content", fieldType, null, null);
			MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
			constructor.visitCode();
			constructor.visitVarInsn(Opcodes.ALOAD, 0);
			constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
			constructor.visitInsn(Opcodes.RETURN);
			constructor.visitMaxs(0, 0);
			writer.visitEnd();
			byte[] bytes = writer.toByteArray();
			this.sample = defineClass("generated.Sample", bytes, 0, bytes.length);
		}

		Object sample(Object content) throws ReflectiveOperationException {
			Object value = this.sample.getConstructor().newInstance();
			this.sample.getField("content").set(value, content);
			return value;
		}

		@Override
		protected Class<?> findClass(String name) throws ClassNotFoundException {
			if (name.equals("generated.Sample")) {
				return this.sample;
			}
			throw new ClassNotFoundException(name);
		}

	}

}
