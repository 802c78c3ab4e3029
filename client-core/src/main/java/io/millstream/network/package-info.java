/**
 * One event loop per client, its connections, timers and transports, and the environment a client
 * runs in. Everything about the protocol lives on the loop and needs no lock. Other threads reach
 * it through its task queue.
 */
@NullMarked
package io.millstream.network;

import org.jspecify.annotations.NullMarked;
