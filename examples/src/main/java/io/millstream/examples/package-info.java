/** Programs a newcomer runs. They use nothing but the public API, as an application would. */
@NullMarked
package io.millstream.examples;

import org.jspecify.annotations.NullMarked;
