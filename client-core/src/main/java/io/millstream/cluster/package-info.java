/**
 * What the client knows of the cluster: an immutable view of brokers, topics and leaders, how it is
 * refreshed, and how a request finds its broker. Retries and deadlines live here, once for all
 * requests. Everything but the published view belongs to the event loop.
 */
@NullMarked
package io.millstream.cluster;

import org.jspecify.annotations.NullMarked;
