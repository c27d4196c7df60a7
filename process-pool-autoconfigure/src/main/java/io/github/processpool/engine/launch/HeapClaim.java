package io.github.processpool.engine.launch;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the workers of a pool want of the memory.
 *
 * @param maxSize workers at most, at least 1
 * @param maxHeap largest heap of each in bytes, or 0 if it is to be computed
 * @since 0.1.0
 */
public record HeapClaim(int maxSize, long maxHeap) {

	private static final Pattern OPTION = Pattern.compile("(?:-Xmx|-XX:MaxHeapSize=)(\\d+)([kKmMgGtT]?)");

	/**
	 * Reads the claim of a pool from its settings.
	 * @param maxSize workers at most, at least 1
	 * @param maxHeap largest heap in bytes as configured, or 0 to compute it
	 * @param jvmArgs options of the workers; a largest heap among them comes before
	 * {@code maxHeap}
	 * @return the claim
	 */
	public static HeapClaim of(int maxSize, long maxHeap, List<String> jvmArgs) {
		long option = option(jvmArgs);
		return new HeapClaim(maxSize, (option > 0) ? option : maxHeap);
	}

	boolean isConfigured() {
		return this.maxHeap > 0;
	}

	private static long option(List<String> jvmArgs) {
		long bytes = 0;
		for (String argument : jvmArgs) {
			Matcher matcher = OPTION.matcher(argument);
			if (matcher.matches()) {
				int power = " kmgt"
					.indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2).toLowerCase(Locale.ROOT));
				bytes = Long.parseLong(matcher.group(1)) << (10 * power);
			}
		}
		return bytes;
	}

}
