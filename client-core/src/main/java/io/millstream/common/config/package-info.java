/** What applications meet of settings: keys and the exception that tells what is wrong with one. */
@NullMarked
package io.millstream.common.config;

import org.jspecify.annotations.NullMarked;
