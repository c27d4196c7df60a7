package io.github.processpool.worker.context;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a worker needs to build its context. Immutable.
 *
 * @param mainClass class whose {@code main} method starts the application, or
 * {@code null} to start from {@code sources}
 * @param sources names of all sources of the application: classes, packages or resources
 * @param arguments arguments the application was run with
 * @param configurationClasses names of the configuration classes to use instead of the
 * application
 * @param activeProfiles active profiles, empty when only default profiles are
 * @param systemProperties system properties from the command line of the parent
 * @param propertySources property sources in order of precedence
 * @param typeExcludeFilters names of the filters of component scans that the parent's
 * context was given
 * @param slice what the worker leaves out
 */
public record ContextSettings(@Nullable String mainClass, List<String> sources, List<String> arguments,
		List<String> configurationClasses, List<String> activeProfiles, Map<String, String> systemProperties,
		List<SentPropertySource> propertySources, List<String> typeExcludeFilters, ContextSlice slice) {

	/**
	 * Copies the collections.
	 */
	public ContextSettings {
		sources = List.copyOf(sources);
		arguments = List.copyOf(arguments);
		configurationClasses = List.copyOf(configurationClasses);
		activeProfiles = List.copyOf(activeProfiles);
		systemProperties = Collections.unmodifiableMap(new LinkedHashMap<>(systemProperties));
		propertySources = List.copyOf(propertySources);
		typeExcludeFilters = List.copyOf(typeExcludeFilters);
	}

	/**
	 * Settings for a whole context.
	 * @param mainClass class whose {@code main} method starts the application, or
	 * {@code null} to start from {@code sources}
	 * @param sources names of all sources of the application
	 * @param arguments arguments the application was run with
	 * @param configurationClasses names of the configuration classes to use instead
	 * @param activeProfiles active profiles
	 * @param systemProperties system properties from the command line of the parent
	 * @param propertySources property sources in order of precedence
	 * @param typeExcludeFilters names of filters of component scans
	 */
	public ContextSettings(@Nullable String mainClass, List<String> sources, List<String> arguments,
			List<String> configurationClasses, List<String> activeProfiles, Map<String, String> systemProperties,
			List<SentPropertySource> propertySources, List<String> typeExcludeFilters) {
		this(mainClass, sources, arguments, configurationClasses, activeProfiles, systemProperties, propertySources,
				typeExcludeFilters, ContextSlice.WHOLE);
	}

	/**
	 * Settings for a context of configuration classes.
	 * @param configurationClasses names of the classes
	 * @param propertySources property sources in order of precedence
	 * @return the settings
	 */
	public static ContextSettings ofConfiguration(List<String> configurationClasses,
			List<SentPropertySource> propertySources) {
		return new ContextSettings(null, List.of(), List.of(), configurationClasses, List.of(), Map.of(),
				propertySources, List.of(), ContextSlice.WHOLE);
	}

	/**
	 * The same for a worker that leaves something out.
	 * @param slice what it leaves out
	 * @return a copy
	 */
	public ContextSettings withSlice(ContextSlice slice) {
		return new ContextSettings(this.mainClass, this.sources, this.arguments, this.configurationClasses,
				this.activeProfiles, this.systemProperties, this.propertySources, this.typeExcludeFilters, slice);
	}

	/**
	 * Writes the settings.
	 * @return bytes for {@link #decode(byte[])}
	 */
	public byte[] encode() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeBoolean(this.mainClass != null);
			if (this.mainClass != null) {
				PropertyValues.writeString(out, this.mainClass);
			}
			PropertyValues.writeStrings(out, this.sources);
			PropertyValues.writeStrings(out, this.arguments);
			PropertyValues.writeStrings(out, this.configurationClasses);
			PropertyValues.writeStrings(out, this.activeProfiles);
			PropertyValues.writeMap(out, this.systemProperties);
			out.writeInt(this.propertySources.size());
			for (SentPropertySource source : this.propertySources) {
				PropertyValues.writeString(out, source.name());
				PropertyValues.writeString(out, source.position().name());
				PropertyValues.writeMap(out, source.properties());
			}
			PropertyValues.writeStrings(out, this.typeExcludeFilters);
			this.slice.write(out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * Reads settings.
	 * @param bytes what {@link #encode()} wrote
	 * @return the settings
	 * @throws IOException if they are cut or broken
	 */
	public static ContextSettings decode(byte[] bytes) throws IOException {
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
		String mainClass = (in.readBoolean()) ? PropertyValues.readString(in) : null;
		List<String> sources = PropertyValues.readStrings(in);
		List<String> arguments = PropertyValues.readStrings(in);
		List<String> configurationClasses = PropertyValues.readStrings(in);
		List<String> activeProfiles = PropertyValues.readStrings(in);
		Map<String, String> systemProperties = new LinkedHashMap<>();
		PropertyValues.readMap(in).forEach((key, value) -> systemProperties.put(key, value.toString()));
		int count = in.readInt();
		List<SentPropertySource> propertySources = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			String name = PropertyValues.readString(in);
			SentPropertySource.Position position = SentPropertySource.Position.valueOf(PropertyValues.readString(in));
			propertySources.add(new SentPropertySource(name, position, PropertyValues.readMap(in)));
		}
		return new ContextSettings(mainClass, sources, arguments, configurationClasses, activeProfiles,
				systemProperties, propertySources, PropertyValues.readStrings(in), ContextSlice.read(in));
	}

}
