package io.github.processpool.engine.launch;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InheritedArguments}.
 */
class InheritedArgumentsTests {

	@ParameterizedTest
	@ValueSource(strings = { "--add-opens=java.base/java.lang=ALL-UNNAMED",
			"--add-exports=java.base/sun.nio.ch=ALL-UNNAMED", "--add-reads=java.base=ALL-UNNAMED",
			"--add-modules=jdk.management", "--add-modules=ALL-SYSTEM", "--enable-native-access=ALL-UNNAMED",
			"--enable-preview", "-Dfile.encoding=ISO-8859-1", "-Duser.language=de", "-Duser.timezone=Asia/Tokyo",
			"-Djava.io.tmpdir=/big tmp", "-Djava.library.path=/opt/native", "-Djavax.net.ssl.trustStore=/etc/trust.p12",
			"-Djavax.net.ssl.trustStorePassword=a=b", "-Dhttp.proxyHost=proxy", "-Dhttps.proxyPort=8080",
			"-DsocksProxyHost=socks", "-Djava.net.preferIPv4Stack=true", "-Djava.awt.headless",
			"-Djava.security.egd=file:/dev/urandom" })
	void selectShouldKeep(String argument) {
		assertThat(InheritedArguments.select(List.of(argument), 17)).containsExactly(argument);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-Xmx8g", "-Xms8g", "-Xss1m", "-XX:+UseZGC", "-XX:TieredStopAtLevel=1",
			"-javaagent:/x.jar", "-agentlib:jdwp=transport=dt_socket,server=y,address=5005", "-agentpath:/x.so",
			"-Xrunjdwp:transport=dt_socket", "-Xdebug", "-Dcom.sun.management.jmxremote.port=9010",
			"-Dserver.port=8080", "-Dspring.profiles.active=x", "-Duser.dir=/x", "-Djava.security.manager=allow",
			"-Djava.util.logging.manager=x", "-Dhttpish=x", "-XX:SharedArchiveFile=app.jsa", "-XX:AOTCache=app.aot",
			"-Xlog:gc", "--patch-module=a=b", "-ea", "exotic", "--add-modules=ALL-MODULE-PATH",
			"--add-opens=my.app/my.app.internal=spring.core", "-Xshare:off", "vfprintf" })
	void selectShouldDrop(String argument) {
		assertThat(InheritedArguments.select(List.of(argument), 25)).isEmpty();
	}

	@Test
	void selectWhenValueStandsApartShouldJoinIt() {
		assertThat(InheritedArguments.select(
				List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED", "--add-modules", "jdk.management", "-Xmx1g"),
				17))
			.containsExactly("--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-modules=jdk.management");
	}

	@Test
	void selectWhenApplicationHasModulesShouldGrantToTheClassPath() {
		assertThat(InheritedArguments.select(List.of("--add-opens=java.base/java.lang=my.app,java.sql",
				"--enable-native-access=my.app,other.app", "--add-modules=my.app,jdk.management"), 17))
			.containsExactly("--add-opens=java.base/java.lang=ALL-UNNAMED,java.sql",
					"--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.management");
	}

	@Test
	void selectWhenWorkerIsOlderShouldDropWhatItDoesNotKnow() {
		List<String> arguments = List.of("--sun-misc-unsafe-memory-access=allow", "--illegal-native-access=deny");
		assertThat(InheritedArguments.select(arguments, 17)).isEmpty();
		assertThat(InheritedArguments.select(arguments, 23)).containsExactly("--sun-misc-unsafe-memory-access=allow");
		assertThat(InheritedArguments.select(arguments, 25)).isEqualTo(arguments);
	}

	@Test
	void selectWhenTwiceShouldKeepOne() {
		assertThat(InheritedArguments.select(List.of("--enable-preview", "--enable-preview"), 17))
			.containsExactly("--enable-preview");
	}

}
