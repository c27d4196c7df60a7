package io.github.processpool;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The walls between the packages.
 */
class ArchitectureTests {

	private static final String BASE = "io.github.processpool";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(BASE);

	private static final String[] LANGUAGE = { "java..", "org.jspecify.annotations.." };

	private static final String LOGGING = "org.slf4j..";

	@Test
	void apiShouldStandAlone() {
		check(only(BASE, "the API is what users compile against", BASE, LANGUAGE[0], LANGUAGE[1],
				"org.springframework.."));
	}

	@Test
	void protocolShouldKnowTheJdkOnly() {
		check(only(BASE + ".protocol", "both sides share it, and a worker has to start fast", BASE + ".protocol",
				LANGUAGE[0], LANGUAGE[1]));
	}

	@Test
	void codecShouldKnowTheProtocolAndTheApi() {
		check(only(BASE + ".codec", "it is the wall against hostile bytes and must stay small", BASE, BASE + ".codec",
				BASE + ".protocol", LANGUAGE[0], LANGUAGE[1], "org.apache.fory.."));
	}

	@Test
	void engineShouldKnowNeitherSpringNorMicrometer() {
		check(only(BASE + ".engine", "the pool works without Spring", BASE, BASE + ".engine", BASE + ".engine.launch",
				BASE + ".codec", BASE + ".protocol", LANGUAGE[0], LANGUAGE[1], LOGGING));
	}

	@Test
	void launchShouldKnowNothingOfThePool() {
		check(only(BASE + ".engine.launch", "starting a JVM is a matter of its own", BASE + ".engine.launch",
				LANGUAGE[0], LANGUAGE[1], LOGGING, "com.sun.management"));
	}

	@Test
	void workerShouldNotKnowTheParent() {
		check(only(BASE + ".worker", "a worker loads nothing that only its parent needs", BASE, BASE + ".worker",
				BASE + ".codec", BASE + ".protocol", LANGUAGE[0], LANGUAGE[1], LOGGING, "com.sun.management",
				"javax.management"));
	}

	@Test
	void workerContextShouldKnowNothingOfTheParent() {
		check(classes().that()
			.resideInAPackage(BASE + ".worker.context")
			.should()
			.onlyDependOnClassesThat(resideOutsideOfPackage(BASE + "..").or(resideInAnyPackage(BASE, BASE + ".worker",
					BASE + ".worker.context", BASE + ".codec", BASE + ".protocol")))
			.because("a worker has no pool, and defers nothing"));
	}

	@Test
	void aopShouldNotKnowTheWiring() {
		check(noClasses().that()
			.resideInAPackage(BASE + ".aop")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(BASE + ".autoconfigure..", BASE + ".metrics..", BASE + ".worker..")
			.because("the advice works wherever its parts come from"));
	}

	@Test
	void flightRecorderEventsShouldKnowTheApiAndTheJdkOnly() {
		check(only(BASE + ".jfr", "they work without Spring", BASE, BASE + ".jfr", LANGUAGE[0], LANGUAGE[1],
				"jdk.jfr"));
	}

	@Test
	void slimmingShouldBeKnownToTheWiringOnly() {
		check(noClasses().that()
			.resideOutsideOfPackages(BASE + ".slim", BASE + ".autoconfigure")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(BASE + ".slim")
			.because("a pool and its workers are right without it"));
	}

	@Test
	void integrationsShouldReadTheApiOnly() {
		check(noClasses().that()
			.resideInAnyPackage(BASE + ".metrics", BASE + ".health", BASE + ".propagation", BASE + ".actuate",
					BASE + ".event")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(BASE + ".engine..", BASE + ".aop..", BASE + ".autoconfigure..", BASE + ".worker..")
			.because("an integration reads snapshots and listens to events, nothing else"));
	}

	@Test
	void loggingShouldKnowOfTheEngineOnlyWhatItImplements() {
		check(only(BASE + ".logging", "a logging system is one of many", BASE + ".logging", BASE + ".protocol",
				BASE + ".engine", LANGUAGE[0], LANGUAGE[1], LOGGING, "ch.qos.logback..", "org.apache.logging.log4j..",
				"java.beans"));
	}

	@Test
	void observationShouldKnowOfTheEngineOnlyWhatItImplements() {
		check(noClasses().that()
			.resideInAPackage(BASE + ".observation..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(BASE + ".engine.launch..", BASE + ".aop..", BASE + ".autoconfigure..",
					BASE + ".worker..", BASE + ".metrics..", BASE + ".codec..", BASE + ".protocol..")
			.because("it observes tasks wherever they come from"));
	}

	@Test
	void autoConfigurationShouldBeTheTop() {
		check(noClasses().that()
			.resideOutsideOfPackage(BASE + ".autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(BASE + ".autoconfigure..")
			.because("wiring knows the parts, not the other way round"));
	}

	@Test
	void packagesShouldBeFreeOfCycles() {
		check(slices().matching(BASE + ".(**)").should().beFreeOfCycles().because("a cycle makes one package of two"));
	}

	@Test
	void nothingShouldBeCalledUtil() {
		check(noClasses().should()
			.resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..")
			.because("a helper lives beside its user"));
	}

	private static ArchRule only(String from, String because, String... to) {
		return classes().that()
			.resideInAPackage(from)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(to)
			.because(because);
	}

	private static void check(ArchRule rule) {
		rule.check(CLASSES);
	}

}
