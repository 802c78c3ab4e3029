/**
 * What the admin client does: one small class for each operation, asked of the broker that can do
 * it, tried again by the error table, with one future for each thing that was asked for. The parts
 * that talk to brokers belong to the event loop.
 */
@NullMarked
package io.millstream.admin;

import org.jspecify.annotations.NullMarked;
