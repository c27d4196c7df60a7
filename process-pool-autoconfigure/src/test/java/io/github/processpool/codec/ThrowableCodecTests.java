package io.github.processpool.codec;

import java.awt.Point;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import io.github.processpool.RemoteTaskException;
import io.github.processpool.TaskSerializationException;
import io.github.processpool.codec.samples.Shapeless;
import io.github.processpool.protocol.Payload;
import io.github.processpool.protocol.PayloadOutput;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ThrowableCodec}.
 */
class ThrowableCodecTests {

	private static final long NO_LIMIT = Integer.MAX_VALUE;

	private static final ClassLoader LOADER = ThrowableCodecTests.class.getClassLoader();

	private final ThrowableCodec codec = new ThrowableCodec(
			TypeFilter.of(List.of("io.github.processpool.codec.ThrowableCodecTests")), LOADER);

	static Stream<Throwable> throwables() {
		return Stream.of(new IllegalStateException("state"), new IllegalStateException(), new IOException("io"),
				new FileNotFoundException("x.txt"), new Error("error"), new StackOverflowError(),
				new AssertionError("assert"), new NoClassDefFoundError("com/acme/Foo"),
				new ExecutionException(new IOException("inner")), new UncheckedIOException(new IOException("inner")),
				new InvocationTargetException(new IOException("inner")),
				new UndeclaredThrowableException(new IOException("inner"), "outer"),
				new ClassNotFoundException("com.acme.Foo", new IOException("inner")),
				new ExceptionInInitializerError(new IOException("inner")),
				new MissingResourceException("m", "class", "key"), new TaskSerializationException("own"),
				new InterruptedException("i"), new LocalTypes().local(), new LocalTypes().anonymous(),
				new IllegalStateException("ü 語 \ud800"));
	}

	@ParameterizedTest
	@MethodSource("throwables")
	void throwableSurvives(Throwable throwable) {
		Throwable read = roundTrip(throwable);
		assertThat(read).hasSameClassAs(throwable).hasMessage(throwable.getMessage());
		assertThat(print(read)).isEqualTo(print(throwable));
		if (throwable.getCause() != null) {
			assertThat(read.getCause()).hasSameClassAs(throwable.getCause())
				.hasMessage(throwable.getCause().getMessage());
		}
	}

	@Test
	void customFieldsSurvive() {
		OrderException read = (OrderException) roundTrip(new OrderException(42, List.of("a", "b"), new Details("d")));
		assertThat(read.code).isEqualTo(42);
		assertThat(read.items).containsExactly("a", "b");
		assertThat(read.details).isEqualTo(new Details("d"));
		assertThat(read).hasMessage("order 42");
	}

	@Test
	void causeThatWasSetLaterSurvives() {
		Throwable throwable = new OrderException(1, List.of(), null).initCause(new IOException("cause"));
		assertThat(roundTrip(throwable)).isInstanceOf(OrderException.class)
			.cause()
			.isInstanceOf(IOException.class)
			.hasMessage("cause");
	}

	@Test
	void causeCanStillBeSetWhereItCouldBefore() {
		Throwable read = roundTrip(new IllegalStateException("x"));
		read.initCause(new IOException("later"));
		assertThat(read).hasCauseInstanceOf(IOException.class);
	}

	@Test
	void suppressedSurvive() {
		IllegalStateException throwable = new IllegalStateException("main", new IOException("cause"));
		throwable.addSuppressed(new OrderException(7, List.of(), null));
		throwable.addSuppressed(new IOException("second", new IOException("its cause")));
		Throwable read = roundTrip(throwable);
		assertThat(read.getSuppressed()).hasSize(2);
		assertThat(read.getSuppressed()[0]).isInstanceOfSatisfying(OrderException.class,
				(ex) -> assertThat(ex.code).isEqualTo(7));
		assertThat(read.getSuppressed()[1]).hasMessage("second").hasRootCauseMessage("its cause");
		assertThat(print(read)).isEqualTo(print(throwable));
	}

	@Test
	void sharedExceptionStaysShared() {
		IOException shared = new IOException("shared");
		IllegalStateException throwable = new IllegalStateException("main", shared);
		throwable.addSuppressed(new IllegalArgumentException("other", shared));
		Throwable read = roundTrip(throwable);
		assertThat(read.getSuppressed()[0].getCause()).isSameAs(read.getCause());
	}

	@Test
	void circleOfCausesSurvives() {
		IllegalStateException first = new IllegalStateException("first");
		IOException second = new IOException("second", first);
		first.initCause(second);
		Throwable read = roundTrip(first);
		assertThat(read).isInstanceOf(IllegalStateException.class);
		assertThat(read.getCause()).isInstanceOf(IOException.class);
		assertThat(read.getCause().getCause()).isSameAs(read);
	}

	@Test
	void suppressedCausedByItsOwnerSurvives() {
		IllegalStateException owner = new IllegalStateException("owner");
		owner.addSuppressed(new IOException("suppressed", owner));
		Throwable read = roundTrip(owner);
		assertThat(read.getSuppressed()).hasSize(1);
		assertThat(read.getSuppressed()[0]).isInstanceOf(IOException.class);
		assertThat(read.getSuppressed()[0].getCause()).isSameAs(read);
	}

	@Test
	void causeThatSuppressesItsOwnerSurvives() {
		IOException cause = new IOException("cause");
		IllegalStateException owner = new IllegalStateException("owner", cause);
		cause.addSuppressed(owner);
		Throwable read = roundTrip(owner);
		assertThat(read).isInstanceOf(IllegalStateException.class);
		assertThat(read.getCause()).isInstanceOf(IOException.class);
		assertThat(read.getCause().getSuppressed()).singleElement()
			.isInstanceOf(RemoteTaskException.class)
			.extracting(Throwable::getMessage)
			.asString()
			.contains("owner", "circle");
	}

	@Test
	void missingClassBecomesARemoteTaskException() {
		OrderException throwable = new OrderException(3, List.of(), null);
		throwable.initCause(new IOException("cause"));
		throwable.addSuppressed(new IllegalArgumentException("suppressed"));
		ThrowableCodec elsewhere = hiding(OrderException.class);
		RemoteTaskException read = (RemoteTaskException) roundTrip(elsewhere, throwable);
		assertThat(read).hasMessage(
				OrderException.class.getName() + ": order 3 (its class is not on the class path of the application)");
		assertThat(read.getRemoteClassName()).isEqualTo(OrderException.class.getName());
		assertThat(read.getRemoteMessage()).isEqualTo("order 3");
		assertThat(read.getRemoteStackTrace()).isEqualTo(print(throwable));
		assertThat(frames(read)).isEqualTo(frames(throwable));
		assertThat(read.getCause()).isInstanceOf(IOException.class).hasMessage("cause");
		assertThat(read.getSuppressed()).singleElement().isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void missingClassOfACauseLeavesTheRest() {
		Throwable throwable = new IllegalStateException("outer",
				new OrderException(3, List.of(), null).initCause(new IOException("root")));
		Throwable read = roundTrip(hiding(OrderException.class), throwable);
		assertThat(read).isInstanceOf(IllegalStateException.class).hasMessage("outer");
		assertThat(read.getCause()).isInstanceOf(RemoteTaskException.class);
		assertThat(read.getCause().getCause()).isInstanceOf(IOException.class).hasMessage("root");
		assertThat(frames(read.getCause())).isEqualTo(frames(throwable.getCause()));
	}

	@Test
	void missingClassInANarrowFieldLeavesTheRest() {
		SQLException throwable = new SQLException("first", "S1", 1);
		throwable.setNextException(new VendorException("vendor"));
		SQLException read = (SQLException) roundTrip(hiding(VendorException.class), throwable);
		assertThat(read.getMessage()).isEqualTo("first");
		assertThat(read.getSQLState()).isEqualTo("S1");
		assertThat((Object) read.getNextException()).isNull();
	}

	@Test
	void missingClassOfAFieldIsNamed() {
		Throwable throwable = new OrderException(3, List.of(), new Details("d"));
		RemoteTaskException read = (RemoteTaskException) roundTrip(hiding(Details.class), throwable);
		assertThat(read.getMessage()).startsWith(OrderException.class.getName() + ": order 3 (")
			.contains("class " + Details.class.getName() + " is not on the class path of the application");
	}

	@Test
	void refusedClassOfAFieldIsNamedWithTheRemedy() {
		RemoteTaskException read = (RemoteTaskException) roundTrip(new CarrierException(new Point(1, 2)));
		assertThat(read).hasMessage(CarrierException.class.getName()
				+ ": carrier (java.awt.Point is refused by the filter; add it to 'process-pool.serialization.allow')");
		RemoteTaskException other = (RemoteTaskException) roundTrip(new CarrierException(List.of(new Shapeless())));
		assertThat(other.getMessage()).contains(Shapeless.class.getName() + " is refused by the filter");
	}

	@Test
	void exceptionOfAnUnlistedPackageIsAllowed() {
		ThrowableCodec strict = new ThrowableCodec(TypeFilter.of(List.of()), LOADER);
		assertThat(roundTrip(strict, new OrderException(5, List.of(), null))).isInstanceOf(OrderException.class);
		assertThat(roundTrip(strict, new OrderException(5, List.of(), new Details("x"))))
			.isInstanceOf(RemoteTaskException.class);
	}

	@Test
	void fieldThatCannotBeSerialisedBecomesNull() {
		Object[] array = { 1, Optional.of(2), "3" };
		CarrierException read = (CarrierException) roundTrip(new CarrierException(Optional.of("x")));
		assertThat(read.load).isNull();
		read = (CarrierException) roundTrip(new CarrierException(new ArrayList<>(Arrays.asList(array))));
		assertThat(read.load).isEqualTo(Arrays.asList(1, null, "3"));
		read = (CarrierException) roundTrip(new CarrierException((Runnable) () -> {
		}));
		assertThat(read.load).isNull();
	}

	@Test
	void exceptionsInFieldsSurvive() {
		List<Throwable> list = new ArrayList<>(List.of(new IOException("a"), new OrderException(2, List.of(), null)));
		CarrierException read = (CarrierException) roundTrip(new CarrierException(list));
		assertThat((List<?>) read.load).hasSize(2);
		assertThat(((List<?>) read.load).get(1)).isInstanceOf(OrderException.class);
		CarrierException self = new CarrierException(list);
		list.add(self);
		CarrierException readSelf = (CarrierException) roundTrip(self);
		assertThat(((List<?>) readSelf.load).get(2)).isSameAs(readSelf);
	}

	@Test
	void chainOfSqlExceptionsSurvives() {
		SQLException throwable = new BatchUpdateException("batch", new int[] { 1, 2 });
		for (int i = 0; i < 3; i++) {
			throwable.setNextException(new SQLException("next " + i, "S" + i, i));
		}
		SQLException read = (SQLException) roundTrip(throwable);
		assertThat(((BatchUpdateException) read).getUpdateCounts()).containsExactly(1, 2);
		List<String> messages = new ArrayList<>();
		for (SQLException next = read; next != null; next = next.getNextException()) {
			messages.add(next.getSQLState() + " " + next.getMessage());
		}
		assertThat(messages).containsExactly("null batch", "S0 next 0", "S1 next 1", "S2 next 2");
	}

	@Test
	void exceptionWithoutAStackTraceSurvives() {
		BareException read = (BareException) roundTrip(new BareException("bare"));
		assertThat(read.getStackTrace()).isEmpty();
		read.setStackTrace(new StackTraceElement[] { new StackTraceElement("a", "b", "c", 1) });
		assertThat(read.getStackTrace()).as("still cannot be set").isEmpty();
		read.addSuppressed(new IOException());
		assertThat(read.getSuppressed()).as("still disabled").isEmpty();
	}

	@Test
	void stackTraceInAFieldOfItsOwnSurvives() {
		StackTraceElement[] other = new Throwable().getStackTrace();
		CarrierException read = (CarrierException) roundTrip(new CarrierException(other));
		assertThat((StackTraceElement[]) read.load).isEqualTo(other);
	}

	@Test
	void innerExceptionSurvivesWithoutItsOwner() {
		Throwable throwable = new LocalTypes().inner("text");
		assertThat(roundTrip(throwable)).hasSameClassAs(throwable)
			.hasMessage("text")
			.hasFieldOrPropertyWithValue("number", 12);
	}

	@Test
	void exceptionWhoseMethodsFailGetsThrough() {
		Throwable read = roundTrip(new HostileException("fine"));
		assertThat(read).isInstanceOf(HostileException.class);
		assertThat(((HostileException) read).text).isEqualTo("fine");
		RemoteTaskException standIn = (RemoteTaskException) roundTrip(hiding(HostileException.class),
				new HostileException("fine"));
		assertThat(standIn.getRemoteClassName()).isEqualTo(HostileException.class.getName());
		assertThat(standIn.getRemoteMessage()).isNull();
	}

	@Test
	void exceptionWithNullsGetsThrough() {
		assertThat(roundTrip(new NullException())).isInstanceOf(NullException.class);
		assertThat(roundTrip(new IllegalStateException(new NullException()))).hasCauseInstanceOf(NullException.class);
	}

	@Test
	void exceptionThatCannotBeWrittenBecomesARemoteTaskException() {
		UnwritableException throwable = new UnwritableException("text");
		throwable.initCause(new IOException("cause"));
		RemoteTaskException read = (RemoteTaskException) roundTrip(throwable);
		assertThat(read).hasMessage(UnwritableException.class.getName()
				+ ": text (it cannot be serialised: java.lang.IllegalStateException: not me)");
		assertThat(read).hasCauseInstanceOf(IOException.class);
		assertThat(frames(read)).isEqualTo(frames(throwable));
	}

	@Test
	void exceptionThatTravelsAsAnotherIsRebuiltAsThat() {
		assertThat(roundTrip(new ReplacedException(false))).isInstanceOf(IOException.class).hasMessage("replacement");
		assertThat(roundTrip(new ReplacedException(true))).isInstanceOf(RemoteTaskException.class)
			.hasMessageContaining("cannot be rebuilt");
	}

	@Test
	void customTextIsKept() {
		Throwable throwable = new TextException();
		assertThat(roundTrip(throwable)).hasToString("TEXT!");
		RemoteTaskException read = (RemoteTaskException) roundTrip(hiding(TextException.class), throwable);
		assertThat(read).hasMessage("TEXT! (its class is not on the class path of the application)");
		assertThat(read.getRemoteStackTrace()).isEqualTo(print(throwable));
	}

	@Test
	void longChainIsCut() {
		Throwable throwable = new IOException("root");
		for (int i = 0; i < 5000; i++) {
			throwable = new IllegalStateException("level " + i, throwable);
		}
		throwable.addSuppressed(new IOException("suppressed"));
		Throwable read = roundTrip(throwable);
		assertThat(read).hasMessage("level 4999");
		assertThat(read.getSuppressed()).hasSize(1);
		int depth = 0;
		for (Throwable cause = read; cause != null; cause = cause.getCause()) {
			depth++;
		}
		assertThat(depth).isBetween(50, 1000);
	}

	@Test
	void manySuppressedAreCut() {
		Throwable throwable = new IOException("owner");
		for (int i = 0; i < 5000; i++) {
			throwable.addSuppressed(new IOException("suppressed " + i));
		}
		Throwable read = roundTrip(throwable);
		assertThat(read).isInstanceOf(IOException.class).hasMessage("owner");
		assertThat(read.getSuppressed()).hasSize(5000);
		assertThat(read.getSuppressed()[0]).isInstanceOf(IOException.class).hasMessage("suppressed 0");
		assertThat(read.getSuppressed()[4999]).isInstanceOf(RemoteTaskException.class).hasMessageContaining("left out");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1_000_000, 100_000, 10_000, 5_000, 2_000, 1_000, 500, 200 })
	void hugeExceptionIsShrunkToTheLimit(long limit) {
		OrderException throwable = new OrderException(9, List.of("x".repeat(50_000)), null);
		throwable.initCause(new IllegalStateException("y".repeat(3_000_000), new IOException("root")));
		Payload payload = this.codec.encode(throwable, limit);
		assertThat(payload.size()).isPositive().isLessThanOrEqualTo(limit);
		Throwable read = this.codec.decode(payload.toByteArray());
		if (limit >= 100_000) {
			assertThat(read).isInstanceOf(OrderException.class);
			assertThat(read.getCause()).isInstanceOf(IllegalStateException.class);
			assertThat(read.getCause().getMessage()).startsWith("yyyy").endsWith("... (3000000 characters)");
		}
		else {
			assertThat(read).isInstanceOfSatisfying(RemoteTaskException.class,
					(ex) -> assertThat(ex.getRemoteClassName()).isEqualTo(OrderException.class.getName()));
			assertThat(read.getMessage()).startsWith(OrderException.class.getName());
		}
	}

	@Test
	void limitOfNothingStillGivesAPayload() {
		Payload payload = this.codec.encode(new IOException("x"), 0);
		assertThat(payload.size()).isZero();
		assertThat(this.codec.decode(payload.toByteArray())).isInstanceOf(TaskSerializationException.class);
	}

	@Test
	void messageIsSentOnce() {
		String message = "m".repeat(100_000);
		Payload payload = this.codec.encode(new IllegalStateException(message), NO_LIMIT);
		assertThat(payload.size()).isBetween(100_000L, 150_000L);
		assertThat(this.codec.decode(payload.toByteArray())).isInstanceOf(IllegalStateException.class)
			.hasMessage(message);
	}

	@Test
	void bodyCutAnywhereGivesAnException() {
		IllegalStateException throwable = new IllegalStateException("main", new OrderException(1, List.of("a"), null));
		throwable.addSuppressed(new IOException("suppressed"));
		byte[] body = this.codec.encode(throwable, NO_LIMIT).toByteArray();
		for (int length = 0; length < body.length; length++) {
			assertThat(this.codec.decode(Arrays.copyOf(body, length))).as("cut at %s", length)
				.isInstanceOf(TaskSerializationException.class)
				.hasMessageContaining("damaged at byte");
		}
	}

	@Test
	void garbageGivesAnException() {
		Random random = new Random(43);
		IllegalStateException throwable = new IllegalStateException("main", new OrderException(1, List.of("a"), null));
		throwable.addSuppressed(new IOException("suppressed", throwable));
		throwable.setStackTrace(Arrays.copyOf(throwable.getStackTrace(), 3));
		byte[] seed = this.codec.encode(throwable, NO_LIMIT).toByteArray();
		int damaged = 0;
		for (int round = 0; round < 10_000; round++) {
			byte[] body;
			if (round % 4 == 0) {
				body = new byte[random.nextInt(200)];
				random.nextBytes(body);
			}
			else {
				body = seed.clone();
				for (int i = random.nextInt(4); i >= 0; i--) {
					body[random.nextInt(body.length)] = (byte) random.nextInt(256);
				}
			}
			Throwable read = this.codec.decode(body);
			if (read instanceof TaskSerializationException) {
				assertThat(read).hasCauseInstanceOf(DamagedBodyException.class);
				damaged++;
			}
		}
		assertThat(damaged).isGreaterThan(2500);
	}

	@Test
	void hostileNumberOfExceptionsIsRefused() throws Exception {
		List<ThrowableNode> nodes = new ArrayList<>();
		for (int i = 0; i < 100_000; i++) {
			nodes.add(new ThrowableNode("com.acme.Foo", "x", null, null, i - 1, List.of(), null, null));
		}
		PayloadOutput out = new PayloadOutput(NO_LIMIT);
		ThrowableEnvelope.write(out, nodes);
		assertThat(this.codec.decode(out.toPayload().toByteArray())).isInstanceOf(TaskSerializationException.class)
			.hasMessageContaining("100000 exceptions");
	}

	@Test
	void longMessagesOfManyMissingClassesStaySmall() {
		String message = "m".repeat(100_000);
		Throwable throwable = new IOException("root");
		for (int i = 0; i < 50; i++) {
			throwable = new TextException().initCause(new IllegalStateException(message, throwable));
		}
		Throwable read = roundTrip(hiding(TextException.class), throwable);
		int standIns = 0;
		for (Throwable cause = read; cause != null; cause = cause.getCause()) {
			if (cause instanceof RemoteTaskException remote) {
				standIns++;
				assertThat(remote.getRemoteStackTrace()).hasSizeLessThan(300_000);
			}
		}
		assertThat(standIns).isEqualTo(50);
	}

	@Test
	void eachDecodingGivesANewException() {
		byte[] body = this.codec.encode(new IOException("x"), NO_LIMIT).toByteArray();
		assertThat(this.codec.decode(body)).isNotSameAs(this.codec.decode(body));
	}

	private static ThrowableCodec hiding(Class<?>... hidden) {
		return new ThrowableCodec(TypeFilter.of(List.of("io.github.processpool.codec.ThrowableCodecTests")),
				new HidingClassLoader(hidden));
	}

	private Throwable roundTrip(Throwable throwable) {
		return roundTrip(this.codec, throwable);
	}

	private static Throwable roundTrip(ThrowableCodec codec, Throwable throwable) {
		return codec.decode(codec.encode(throwable, NO_LIMIT).toByteArray());
	}

	private static String print(Throwable throwable) {
		StringWriter text = new StringWriter();
		throwable.printStackTrace(new PrintWriter(text, true));
		return text.toString();
	}

	private static List<String> frames(Throwable throwable) {
		return Arrays.stream(throwable.getStackTrace()).map(StackTraceElement::toString).toList();
	}

	/** A value in a field. */
	record Details(String text) implements Serializable {
	}

	/** Has fields and no standard constructor. */
	static final class OrderException extends Exception {

		private static final long serialVersionUID = 1L;

		private final int code;

		@SuppressWarnings("serial")
		private final List<String> items;

		private final @Nullable Details details;

		OrderException(int code, List<String> items, @Nullable Details details) {
			super("order " + code);
			this.code = code;
			this.items = items;
			this.details = details;
		}

	}

	/** Carries anything. */
	static final class CarrierException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@SuppressWarnings("serial")
		private final @Nullable Object load;

		CarrierException(Object load) {
			super("carrier");
			this.load = load;
		}

	}

	/** A class that one side may not have. */
	static final class VendorException extends SQLException {

		private static final long serialVersionUID = 1L;

		VendorException(String message) {
			super(message);
		}

	}

	/** Neither stack trace nor suppressed exceptions. */
	static final class BareException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		BareException(String message) {
			super(message, null, false, false);
		}

	}

	/** Fails in everything that can be overridden. */
	static final class HostileException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final String text;

		HostileException(String text) {
			this.text = text;
		}

		@Override
		public String getMessage() {
			throw new IllegalStateException("getMessage");
		}

		@Override
		public Throwable getCause() {
			throw new StackOverflowError("getCause");
		}

		@Override
		public StackTraceElement[] getStackTrace() {
			throw new LinkageError("getStackTrace");
		}

		@Override
		public void setStackTrace(StackTraceElement[] stackTrace) {
			throw new IllegalStateException("setStackTrace");
		}

		@Override
		public String toString() {
			throw new OutOfMemoryError("toString");
		}

		@Override
		public int hashCode() {
			throw new IllegalStateException("hashCode");
		}

		@Override
		public boolean equals(@Nullable Object other) {
			throw new IllegalStateException("equals");
		}

	}

	/** Returns null where nobody expects it. */
	static final class NullException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		@SuppressWarnings("NullAway")
		public StackTraceElement[] getStackTrace() {
			return null;
		}

		@Override
		@SuppressWarnings("NullAway")
		public String toString() {
			return null;
		}

	}

	/** Refuses to be written. */
	static final class UnwritableException extends Exception {

		private static final long serialVersionUID = 1L;

		UnwritableException(String message) {
			super(message);
		}

		private void writeObject(ObjectOutputStream out) {
			throw new IllegalStateException("not me");
		}

	}

	/** Travels as something else. */
	static final class ReplacedException extends Exception {

		private static final long serialVersionUID = 1L;

		private final boolean useless;

		ReplacedException(boolean useless) {
			this.useless = useless;
		}

		private Object writeReplace() {
			return this.useless ? Map.of() : new IOException("replacement");
		}

	}

	/** Prints itself in its own way. */
	static final class TextException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String toString() {
			return "TEXT!";
		}

	}

	/** Makes exceptions whose classes have an owner that cannot be serialised. */
	static final class LocalTypes {

		private final Optional<Integer> number = Optional.of(12);

		Throwable local() {
			final class LocalException extends RuntimeException {

				private static final long serialVersionUID = 1L;

				LocalException(String message) {
					super(message);
				}

			}
			return new LocalException("local");
		}

		Throwable anonymous() {
			return new RuntimeException("anonymous") {

				private static final long serialVersionUID = 1L;

			};
		}

		Throwable inner(String message) {
			return new InnerException(message);
		}

		/** Needs its owner in its constructor. */
		final class InnerException extends RuntimeException {

			private static final long serialVersionUID = 1L;

			private final int number;

			InnerException(String message) {
				super(message);
				this.number = LocalTypes.this.number.orElseThrow();
			}

		}

	}

}
