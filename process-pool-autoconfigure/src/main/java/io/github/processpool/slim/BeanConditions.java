package io.github.processpool.slim;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.processpool.ConditionalOnParentProcess;
import io.github.processpool.worker.context.RemovedProcessors;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.boot.autoconfigure.condition.AbstractNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWarDeployment;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.type.MethodMetadata;

/**
 * Finds the beans without which the condition of another bean would not hold.
 */
final class BeanConditions {

	private static final List<Class<? extends Annotation>> PARENT_ONLY = List.of(ConditionalOnWebApplication.class,
			ConditionalOnWarDeployment.class, ConditionalOnParentProcess.class);

	private final ContextBeans beans;

	private final BeanOrigins origins;

	BeanConditions(ContextBeans beans, BeanOrigins origins) {
		this.beans = beans;
		this.origins = origins;
	}

	/**
	 * Finds the beans that no worker has, because it is no web application, no parent,
	 * and does nothing by itself.
	 * @return names of beans
	 */
	Set<String> absent() {
		Set<String> absent = new LinkedHashSet<>();
		RemovedProcessors.classNames().forEach((type) -> absent.addAll(this.beans.ofType(type)));
		for (String bean : this.beans.names()) {
			for (MergedAnnotations annotations : annotations(bean)) {
				if (PARENT_ONLY.stream().anyMatch(annotations::isPresent)) {
					absent.add(bean);
				}
			}
		}
		return absent;
	}

	private List<MergedAnnotations> annotations(String bean) {
		List<MergedAnnotations> annotations = new ArrayList<>();
		for (String configuration : this.origins.trail(bean)) {
			Class<?> type = this.beans.find(configuration);
			if (type != null) {
				annotations.add(MergedAnnotations.from(type));
			}
		}
		MethodMetadata method = method(bean);
		if (method != null) {
			annotations.add(method.getAnnotations());
		}
		return annotations;
	}

	private @Nullable MethodMetadata method(String bean) {
		return (this.beans.factory().getBeanDefinition(bean) instanceof AnnotatedBeanDefinition annotated)
				? annotated.getFactoryMethodMetadata() : null;
	}

	/**
	 * Finds what the definition of a bean depends on.
	 * @param bean name of the bean
	 * @return names of beans
	 */
	Set<String> of(String bean) {
		Set<String> found = new LinkedHashSet<>();
		annotations(bean).forEach((annotations) -> collect(annotations, found));
		MethodMetadata method = method(bean);
		if (method != null && method.isAnnotated(ConditionalOnBean.class.getName())) {
			// What it is about by default
			found.addAll(this.beans.ofType(method.getReturnTypeName()));
		}
		found.remove(bean);
		return found;
	}

	private void collect(MergedAnnotations annotations, Set<String> found) {
		annotations.stream(ConditionalOnBean.class).forEach((condition) -> {
			addTypes(condition, "value", found);
			addTypes(condition, "type", found);
			addTypes(condition, "parameterizedContainer", found);
			for (String name : condition.getStringArray("name")) {
				if (this.beans.contains(name)) {
					found.add(name);
				}
			}
			for (String annotation : condition.getStringArray("annotation")) {
				addAnnotated(annotation, found);
			}
		});
		annotations.stream(ConditionalOnSingleCandidate.class).forEach((condition) -> {
			found.addAll(this.beans.ofType(condition.getString("value")));
			found.addAll(this.beans.ofType(condition.getString("type")));
		});
		annotations.stream(Conditional.class).forEach((condition) -> {
			for (String type : condition.getStringArray("value")) {
				addNested(type, found);
			}
		});
	}

	private void addTypes(MergedAnnotation<?> condition, String attribute, Set<String> found) {
		for (String type : condition.getStringArray(attribute)) {
			found.addAll(this.beans.ofType(type));
		}
	}

	private void addAnnotated(String annotation, Set<String> found) {
		for (String name : this.beans.names()) {
			if (this.beans.types(name)
				.stream()
				.anyMatch((type) -> MergedAnnotations.from(type).isPresent(annotation))) {
				found.add(name);
			}
		}
	}

	/** Conditions that combine others have them at member classes. */
	private void addNested(String condition, Set<String> found) {
		Class<?> type = this.beans.find(condition);
		if (type != null && AbstractNestedCondition.class.isAssignableFrom(type)) {
			for (Class<?> member : type.getDeclaredClasses()) {
				collect(MergedAnnotations.from(member), found);
			}
		}
	}

}
