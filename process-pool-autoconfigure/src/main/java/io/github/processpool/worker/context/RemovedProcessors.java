package io.github.processpool.worker.context;

import java.util.List;

/**
 * Post-processors that make something run on a clock or on a message. Workers have none.
 */
public final class RemovedProcessors {

	private static final List<String> NAMES = List.of(
			"org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor",
			"org.springframework.jms.annotation.JmsListenerAnnotationBeanPostProcessor",
			"org.springframework.kafka.annotation.KafkaListenerAnnotationBeanPostProcessor",
			"org.springframework.amqp.rabbit.annotation.RabbitListenerAnnotationBeanPostProcessor",
			"org.springframework.pulsar.annotation.PulsarListenerAnnotationBeanPostProcessor",
			"org.springframework.pulsar.annotation.PulsarReaderAnnotationBeanPostProcessor",
			"io.awspring.cloud.sqs.annotation.SqsListenerAnnotationBeanPostProcessor",
			"org.springframework.jmx.export.MBeanExporter");

	private RemovedProcessors() {
	}

	/**
	 * What they are.
	 * @return names of classes, of optional libraries among them
	 */
	public static List<String> classNames() {
		return NAMES;
	}

}
