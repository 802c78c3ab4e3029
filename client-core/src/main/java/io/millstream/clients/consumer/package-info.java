/**
 * Fetching records: the consumer, its records and settings, and the listeners and plug-ins it
 * calls.
 */
@NullMarked
package io.millstream.clients.consumer;

import org.jspecify.annotations.NullMarked;
