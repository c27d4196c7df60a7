package io.github.processpool.worker;

import java.lang.management.ManagementFactory;

import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Number and size of the live objects of each class as text, the largest first. Takes a
 * full garbage collection.
 */
final class HeapHistogram {

	private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

	private HeapHistogram() {
	}

	static String take() {
		try {
			Object text = ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName(COMMANDS), "gcClassHistogram", new Object[] { new String[0] },
						new String[] { String[].class.getName() });
			return String.valueOf(text);
		}
		catch (JMException | RuntimeException ex) {
			return "This JVM makes no heap histogram: " + ex;
		}
	}

}
