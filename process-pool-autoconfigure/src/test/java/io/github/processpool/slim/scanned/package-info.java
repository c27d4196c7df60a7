/**
 * What a component scan finds.
 */
package io.github.processpool.slim.scanned;
