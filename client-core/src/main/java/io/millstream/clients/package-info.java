/** Settings that producer, consumer and admin client share. */
@NullMarked
package io.millstream.clients;

import org.jspecify.annotations.NullMarked;
