/**
 * Turns the message definitions into Java records, at build time only. {@link
 * io.millstream.generator.Generator} is run by the build of client-core; the format of the
 * definitions is told in the README beside them. Nothing here is published.
 */
@NullMarked
package io.millstream.generator;

import org.jspecify.annotations.NullMarked;
