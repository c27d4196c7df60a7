package io.github.processpool.engine;

import java.util.Arrays;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers where a task was submitted; turned into stack frames only if the task fails.
 */
final class SubmitSite extends Throwable {

	private static final long serialVersionUID = 1L;

	private static final Logger logger = LoggerFactory.getLogger(SubmitSite.class);

	/** Frames of the pool and of the proxy in front of it, which tell nothing. */
	private static final String[] OWN = { "io.github.processpool.engine.", "io.github.processpool.aop." };

	private static final StackTraceElement BOUNDARY = new StackTraceElement("-- submitted to the process pool by --",
			"", null, -1);

	/** Stands for all that were not remembered. */
	static final SubmitSite OMITTED = new SubmitSite(
			new StackTraceElement("(omitted, too many tasks at a time)", "", null, -1));

	SubmitSite() {
		super(null, null, false, true);
	}

	private SubmitSite(StackTraceElement instead) {
		super(null, null, false, true);
		setStackTrace(new StackTraceElement[] { instead });
	}

	/**
	 * Puts the frames of the submit site behind those that a failure has.
	 * @param failure an exception that belongs to one task alone
	 * @param site where the task was submitted
	 */
	static void append(Throwable failure, SubmitSite site) {
		try {
			stitch(failure, site);
		}
		catch (Throwable ex) {
			// An exception that will not have it keeps the stack that it has
			logger.debug("cannot append the submit site to {}", failure.getClass(), ex);
		}
	}

	private static void stitch(Throwable failure, SubmitSite site) {
		StackTraceElement[] remote = failure.getStackTrace();
		StackTraceElement[] local = site.getStackTrace();
		int first = 0;
		while (first < local.length && isOwn(local[first])) {
			first++;
		}
		StackTraceElement[] all = Arrays.copyOf(remote, remote.length + 1 + local.length - first);
		all[remote.length] = BOUNDARY;
		System.arraycopy(local, first, all, remote.length + 1, local.length - first);
		failure.setStackTrace(all);
	}

	private static boolean isOwn(StackTraceElement frame) {
		for (String prefix : OWN) {
			if (frame.getClassName().startsWith(prefix)) {
				return true;
			}
		}
		return false;
	}

}
