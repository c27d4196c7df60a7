package io.github.processpool.engine.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A project of the test application. Its parent is this build, so that it has the same
 * versions of plugins.
 */
final class MavenProject {

	private static final String POM = """
			<project xmlns="http://maven.apache.org/POM/4.0.0">
				<modelVersion>4.0.0</modelVersion>
				<parent>
					<groupId>io.github.processpool</groupId>
					<artifactId>process-pool-parent</artifactId>
					<version>0.1.0-SNAPSHOT</version>
					<relativePath>../../../../pom.xml</relativePath>
				</parent>
				<artifactId>launched</artifactId>
				<properties>
					<checkstyle.skip>true</checkstyle.skip>
					<enforcer.skip>true</enforcer.skip>
					<spring-javaformat.validate.skip>true</spring-javaformat.validate.skip>
				</properties>
				<build>
					<outputDirectory>%s</outputDirectory>
					<plugins>
						<plugin>
							<groupId>org.springframework.boot</groupId>
							<artifactId>spring-boot-maven-plugin</artifactId>
							<configuration>
								<mainClass>%s</mainClass>
								<additionalClasspathElements>%s</additionalClasspathElements>
								<arguments>%s</arguments>
							</configuration>
						</plugin>
					</plugins>
				</build>
			</project>
			""";

	private MavenProject() {
	}

	static Path create(PackagedApplication application) throws IOException {
		Path project = Path.of(System.getProperty("basedir", ""), "target", "launch", "maven").toAbsolutePath();
		Files.createDirectories(project);
		Files.writeString(project.resolve("pom.xml"),
				POM.formatted(application.classes(), PackagedApplication.MAIN,
						elements("element", application.libraries().stream().map(Path::toString)),
						elements("argument", Stream.of(Launched.PROPERTIES))));
		return project;
	}

	private static String elements(String name, Stream<String> values) {
		List<String> elements = values.map((value) -> "<" + name + ">" + value + "</" + name + ">").toList();
		return elements.stream().collect(Collectors.joining());
	}

}
