package io.github.processpool.observed;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.LockSupport;

import io.github.processpool.DeferToProcess;
import io.github.processpool.ProcessTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.stereotype.Service;

/**
 * Logs in workers.
 */
@Service
public class Chatty {

	private static final Logger logger = LoggerFactory.getLogger(Chatty.class);

	/**
	 * Logs an error.
	 * @param text what to say
	 * @return pid of the worker
	 */
	@DeferToProcess
	public long complain(String text) {
		MDC.put("shelf", "7");
		logger.debug("not wanted: {}", text);
		logger.error("complaint: {}", text,
				new IllegalStateException("outer", new UnsupportedOperationException("inner")));
		return ProcessHandle.current().pid();
	}

	/**
	 * A task that is no bean's method.
	 * @return logs and returns the length of what it said
	 */
	static ProcessTask<Integer> greeting() {
		return () -> {
			logger.info("greetings of a lambda");
			return 21;
		};
	}

	/**
	 * Logs line after line and notes after each how many there were.
	 * @param file where it is noted
	 * @param most number of lines
	 * @return never
	 */
	@DeferToProcess
	public long count(String file, int most) {
		try (RandomAccessFile access = new RandomAccessFile(file, "rw")) {
			MappedByteBuffer memory = access.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, 16);
			memory.putInt(8, (int) ProcessHandle.current().pid());
			for (int i = 1; i <= most; i++) {
				logger.info("line {} of many", i);
				memory.putInt(0, i);
			}
			while (true) {
				LockSupport.parkNanos(1_000_000_000);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Logs at level debug.
	 * @param millis how long
	 * @return how often
	 */
	@DeferToProcess
	public int whisper(long millis) {
		int count = 0;
		long end = System.nanoTime() + millis * 1_000_000;
		while (System.nanoTime() < end) {
			logger.debug("whisper {}", count++);
			LockSupport.parkNanos(5_000_000);
		}
		return count;
	}

	/**
	 * Logs while its thread is interrupted.
	 * @return whether it is interrupted afterwards
	 */
	@DeferToProcess
	public boolean logInterrupted() {
		Thread.currentThread().interrupt();
		logger.info("interrupted and talking");
		return Thread.interrupted();
	}

	/**
	 * Logs as fast as it can.
	 * @param millis how long
	 * @return how often
	 */
	@DeferToProcess
	public long flood(long millis) {
		long count = 0;
		long end = System.nanoTime() + millis * 1_000_000;
		while (System.nanoTime() < end) {
			logger.info("flood {}", count++);
		}
		return count;
	}

	/**
	 * Prints as fast as it can.
	 * @param millis how long
	 * @return how often
	 */
	@DeferToProcess
	public long print(long millis) {
		long count = 0;
		long end = System.nanoTime() + millis * 1_000_000;
		while (System.nanoTime() < end) {
			System.out.println("print " + count++);
		}
		return count;
	}

	/**
	 * Computes without a word.
	 * @param millis how long
	 * @return how often
	 */
	@DeferToProcess
	public long burn(long millis) {
		long count = 0;
		long end = System.nanoTime() + millis * 1_000_000;
		while (System.nanoTime() < end) {
			count += 1 + (String.valueOf(count).hashCode() & 1);
		}
		return count;
	}

	/**
	 * A piece of work of a fixed size.
	 * @param rounds how much
	 * @return something
	 */
	@DeferToProcess
	public long work(int rounds) {
		long result = 1;
		for (int i = 0; i < rounds; i++) {
			result = result * 31 + String.valueOf(result).hashCode();
		}
		return result;
	}

}
