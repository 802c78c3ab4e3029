/** Plug-ins that the client creates by name: the package is open to it. */
@NullMarked
package io.millstream.check.plugins;

import org.jspecify.annotations.NullMarked;
