/**
 * What an application configures: the tables of all settings with their types, defaults and rules,
 * and the parser that turns what was given into values of the right type. A client parses once,
 * when it is created; each package of the engine takes from {@link ParsedSettings} what concerns it
 * into an immutable record of its own. Nothing reads a map of strings after that.
 */
@NullMarked
package io.millstream.settings;

import org.jspecify.annotations.NullMarked;
