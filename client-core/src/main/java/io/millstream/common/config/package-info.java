/**
 * What applications and plug-ins meet of settings: keys, definitions, parsed values, and the
 * exception for wrong ones.
 */
@NullMarked
package io.millstream.common.config;

import org.jspecify.annotations.NullMarked;
