/** Sending records: the producer, its records and settings, and the plug-ins it calls. */
@NullMarked
package io.millstream.clients.producer;

import org.jspecify.annotations.NullMarked;
