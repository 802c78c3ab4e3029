/**
 * Programs that compare this library with Apache's client in one run. They print figures and assert
 * none, since a shared machine is never twice the same.
 */
@NullMarked
package io.millstream.benchmarks;

import org.jspecify.annotations.NullMarked;
