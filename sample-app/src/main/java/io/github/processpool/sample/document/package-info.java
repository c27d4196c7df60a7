/**
 * PDF documents: uploaded in the application, taken apart in workers.
 */
@NullMarked
package io.github.processpool.sample.document;

import org.jspecify.annotations.NullMarked;
