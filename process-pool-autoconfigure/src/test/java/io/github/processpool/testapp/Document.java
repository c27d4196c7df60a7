package io.github.processpool.testapp;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/**
 * An entity whose table Hibernate makes in the parent.
 */
@Entity
public class Document {

	@Id
	@GeneratedValue
	@Nullable Long id;

	@Nullable String title;

	Document() {
	}

	Document(String title) {
		this.title = title;
	}

}
