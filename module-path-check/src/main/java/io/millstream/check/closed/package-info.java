/** Plug-ins that the client cannot create by name: the package is not open to it. */
@NullMarked
package io.millstream.check.closed;

import org.jspecify.annotations.NullMarked;
