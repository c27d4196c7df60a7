package io.github.processpool.engine.launch;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.loader.launch.LaunchedClassLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link LaunchRecipe}.
 */
@DisabledOnOs(OS.WINDOWS)
class LaunchRecipeTests {

	private static final ClassLoader SYSTEM = ClassLoader.getSystemClassLoader();

	private static final String MAIN = "io.github.processpool.engine.launch.LaunchRecipe";

	@TempDir
	Path directory;

	@Test
	void detectWhenClassPathShouldMakeItAbsolute() throws IOException {
		LaunchRecipe recipe = detect(SYSTEM, "target/classes:/lib/a.jar:../b.jar::/lib/a.jar");
		assertThat(recipe.classPath()).containsExactly("/work dir/target/classes", "/lib/a.jar", "/b.jar", "/work dir");
		assertThat(recipe.launcher()).isNull();
		assertThat(recipe.options()).isEmpty();
		assertThat(recipe.description()).isEqualTo("class path of 4 entries");
	}

	@Test
	void detectWhenClassPathIsEmptyShouldBeTheWorkingDirectory() throws IOException {
		LaunchRecipe recipe = detect(SYSTEM, "");
		assertThat(recipe.classPath()).containsExactly("/work dir");
	}

	@Test
	void detectWhenJarWithManifestShouldKeepIt() throws IOException {
		LaunchRecipe recipe = detect(SYSTEM, "app.jar");
		assertThat(recipe.classPath()).containsExactly("/work dir/app.jar");
		assertThat(recipe.description()).isEqualTo("jar /work dir/app.jar");
	}

	@Test
	void detectWhenModulesShouldPutThemOnTheClassPath() throws IOException {
		Path exploded = Files.createDirectories(this.directory.resolve("mods/exploded"));
		Files.createFile(exploded.resolve("module-info.class"));
		Files.createFile(this.directory.resolve("mods/a.jar"));
		Files.createFile(this.directory.resolve("mods/readme.txt"));
		String modulePath = this.directory.resolve("mods") + ":" + exploded + ":/lib/b.jar";
		LaunchRecipe recipe = LaunchRecipe.detect(SYSTEM, MAIN, ParentJvms.with("", modulePath, true, List.of()));
		assertThat(recipe.classPath()).containsExactlyInAnyOrder(exploded.toString(),
				this.directory.resolve("mods/a.jar").toString(), "/lib/b.jar");
	}

	@Test
	void detectWhenClassLoadersTellUrlsShouldPutThemFirst() throws Exception {
		URLClassLoader common = new URLClassLoader(urls("file:/tomcat/lib/", "file:/tomcat/lib/catalina.jar"), SYSTEM);
		URLClassLoader application = new URLClassLoader(urls("file:/apps/a%20%C3%BC/WEB-INF/classes/",
				"file:/apps/a%20%C3%BC/WEB-INF/lib/x.jar", "jar:file:/apps/y.jar!/", "file:/apps/not escaped/z.jar"),
				common);
		LaunchRecipe recipe = detect(application, "/tomcat/bin/bootstrap.jar:/tomcat/lib/catalina.jar");
		assertThat(recipe.classPath()).containsExactly("/apps/a ü/WEB-INF/classes", "/apps/a ü/WEB-INF/lib/x.jar",
				"/apps/y.jar", "/apps/not escaped/z.jar", "/tomcat/lib", "/tomcat/lib/catalina.jar",
				"/tomcat/bin/bootstrap.jar");
		assertThat(recipe.launcher()).isNull();
	}

	@Test
	void detectWhenWarIsNotUnpackedShouldSayWhatToDo() {
		URLClassLoader application = new URLClassLoader(urls("war:file:/apps/app.war*/WEB-INF/lib/x.jar"), SYSTEM);
		assertThatIOException().isThrownBy(() -> detect(application, "/tomcat/bin/bootstrap.jar"))
			.withMessage("Workers cannot be given the class path entry 'war:file:/apps/app.war*/WEB-INF/lib/x.jar' of"
					+ " class loader java.net.URLClassLoader: it is not a file or directory. Let the server unpack the war"
					+ " (Tomcat: unpackWARs=\"true\" on the Host)");
	}

	@Test
	void detectWhenJarInJarOutsideOfBootShouldFail() {
		URLClassLoader application = new URLClassLoader(urls("jar:file:/apps/app.jar!/lib/x.jar"), SYSTEM);
		assertThatIOException().isThrownBy(() -> detect(application, "/app.jar"))
			.withMessageContaining("'jar:file:/apps/app.jar!/lib/x.jar'")
			.withMessageContaining("Start the application from files, or with Spring Boot's own loader");
	}

	@Test
	void detectWhenEntryContainsSeparatorShouldFail() {
		URLClassLoader application = new URLClassLoader(urls("file:/apps/a:b/x.jar"), SYSTEM);
		assertThatIOException().isThrownBy(() -> detect(application, "/app.jar"))
			.withMessage("Workers cannot be given the class path entry '/apps/a:b/x.jar': its name contains ':', which"
					+ " separates entries. Rename the directory");
	}

	@Test
	void detectWhenFatJarShouldUsePropertiesLauncher() throws Exception {
		LaunchRecipe recipe = detect(boot("jar:nested:/work dir/app.jar/!BOOT-INF/classes/!/",
				"jar:nested:/work dir/app.jar/!BOOT-INF/lib/x.jar!/"), "app.jar");
		assertThat(recipe).isEqualTo(new LaunchRecipe(List.of("/work dir/app.jar"), List.of("-Dloader.main=" + MAIN),
				"org.springframework.boot.loader.launch.PropertiesLauncher", false,
				"fat jar /work dir/app.jar through PropertiesLauncher"));
	}

	@Test
	void detectWhenLoaderIsBelowBootShouldUsePropertiesLauncher() throws Exception {
		ClassLoader below = new ClassLoader(boot("jar:nested:/app.jar/!BOOT-INF/lib/x.jar!/")) {
		};
		assertThat(detect(below, "/app.jar").launcher()).isNotNull();
	}

	@Test
	void detectWhenWarShouldTellTheFolders() throws Exception {
		LaunchRecipe recipe = detect(
				boot("jar:nested:/app.war/!WEB-INF/classes/!/", "jar:nested:/app.war/!WEB-INF/lib/x.jar!/"),
				"/app.war");
		assertThat(recipe.options()).containsExactly("-Dloader.main=" + MAIN,
				"-Dloader.path=WEB-INF/classes,WEB-INF/lib,WEB-INF/lib-provided");
		assertThat(recipe.description()).isEqualTo("war /app.war through PropertiesLauncher");
	}

	@Test
	void detectWhenLoaderPathAddedFilesShouldKeepThem() throws Exception {
		LaunchRecipe recipe = detect(
				boot("jar:nested:/app.jar/!BOOT-INF/lib/x.jar!/", "file:/plugins/", "jar:file:/plugins/p.jar!/"),
				"/app.jar");
		assertThat(recipe.options()).containsExactly("-Dloader.main=" + MAIN, "-Dloader.path=/plugins,/plugins/p.jar");
	}

	@Test
	void detectWhenExplodedShouldNeedNoLauncher() throws Exception {
		LaunchRecipe recipe = detect(
				boot("file:/work%20dir/BOOT-INF/classes/", "jar:file:/work%20dir/BOOT-INF/lib/x.jar!/"), ".");
		assertThat(recipe.classPath()).containsExactly("/work dir/BOOT-INF/classes", "/work dir/BOOT-INF/lib/x.jar",
				"/work dir");
		assertThat(recipe.launcher()).isNull();
		assertThat(recipe.description()).isEqualTo("exploded archive /work dir, class path of 3 entries");
	}

	@Test
	void detectWhenUnknownLoaderOnlyDelegatesShouldIgnoreIt() throws Exception {
		ClassLoader filter = new ClassLoader(SYSTEM) {
		};
		String location = Path.of(LaunchRecipe.class.getProtectionDomain().getCodeSource().getLocation().toURI())
			.toString();
		assertThat(detect(filter, location).classPath()).containsExactly(location);
	}

	@Test
	void detectWhenUnknownLoaderHoldsTheLibraryShouldFail() throws Exception {
		Path jar = this.directory.resolve("library.jar");
		new JarOutputStream(Files.newOutputStream(jar)).close();
		ClassLoader modules = new ClassLoader(SYSTEM) {

			@Override
			public URL getResource(String name) {
				return url("vfs:/library.jar/" + name);
			}

		};
		assertThatIOException().isThrownBy(() -> detect(modules, "/server.jar"))
			.withMessageStartingWith("The class path for workers cannot be recovered from class loader "
					+ modules.getClass().getName() + ", which has the library at vfs:/library.jar/");
	}

	private static LaunchRecipe detect(ClassLoader loader, String classPath) throws IOException {
		return LaunchRecipe.detect(loader, MAIN, ParentJvms.withClassPath(classPath));
	}

	private static ClassLoader boot(String... urls) {
		return new LaunchedClassLoader(false, urls(urls), SYSTEM);
	}

	private static URL[] urls(String... urls) {
		return Arrays.stream(urls).map(LaunchRecipeTests::url).toArray(URL[]::new);
	}

	@SuppressWarnings("deprecation")
	private static URL url(String url) {
		try {
			return url.startsWith("file:") ? new URL(url) : new URL(null, url, new NoHandler());
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(URI.create(url).toString(), ex);
		}
	}

	/** For protocols that only servers know. */
	private static final class NoHandler extends URLStreamHandler {

		@Override
		protected URLConnection openConnection(URL url) throws IOException {
			throw new IOException("unreadable " + url);
		}

	}

}
