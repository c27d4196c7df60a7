package io.github.processpool.testapp;

/**
 * Something that happened in the application.
 *
 * @param what what happened
 */
record DomainEvent(String what) {

}
