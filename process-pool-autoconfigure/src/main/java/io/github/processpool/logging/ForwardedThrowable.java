package io.github.processpool.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import io.github.processpool.protocol.LoggedThrowable;
import org.jspecify.annotations.Nullable;

/**
 * An exception of a worker as appenders see it: its class need not exist here.
 */
final class ForwardedThrowable implements IThrowableProxy {

	private final LoggedThrowable source;

	private final StackTraceElementProxy[] frames;

	private final @Nullable IThrowableProxy cause;

	private final IThrowableProxy[] suppressed;

	private ForwardedThrowable(LoggedThrowable source) {
		this.source = source;
		this.frames = source.frames().stream().map(StackTraceElementProxy::new).toArray(StackTraceElementProxy[]::new);
		this.cause = of(source.cause());
		this.suppressed = source.suppressed().stream().map(ForwardedThrowable::new).toArray(IThrowableProxy[]::new);
	}

	static @Nullable IThrowableProxy of(@Nullable LoggedThrowable source) {
		return (source != null) ? new ForwardedThrowable(source) : null;
	}

	@Override
	public @Nullable String getMessage() {
		return this.source.message();
	}

	@Override
	public String getClassName() {
		return this.source.className();
	}

	@Override
	public StackTraceElementProxy[] getStackTraceElementProxyArray() {
		return this.frames;
	}

	@Override
	public int getCommonFrames() {
		return Math.max(0, Math.min(this.source.commonFrames(), this.frames.length));
	}

	@Override
	public @Nullable IThrowableProxy getCause() {
		return this.cause;
	}

	@Override
	public IThrowableProxy[] getSuppressed() {
		return this.suppressed;
	}

	@Override
	public boolean isCyclic() {
		return this.source.cyclic();
	}

}
