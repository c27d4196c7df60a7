package io.github.processpool.testapp;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * Documents in the database.
 */
interface DocumentRepository extends JpaRepository<Document, Long> {

}
