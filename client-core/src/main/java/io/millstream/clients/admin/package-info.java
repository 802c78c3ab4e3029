/**
 * The values of the admin client, so far those of creating and deleting topics. Every operation
 * returns at once with futures, one for each thing asked for, so that one failure does not hide the
 * others.
 */
@NullMarked
package io.millstream.clients.admin;

import org.jspecify.annotations.NullMarked;
