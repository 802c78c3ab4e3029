/** The Kafka client: producer, consumer and admin client. */
@SuppressWarnings("module") // io.millstream.testing is built later
module io.millstream.client.core {
  requires transitive io.millstream.client.compression;
  requires java.management;
  requires org.slf4j;
  requires static org.jspecify;
  requires static micrometer.core;

  exports io.millstream.clients;
  exports io.millstream.clients.admin;
  exports io.millstream.clients.consumer;
  exports io.millstream.clients.consumer.internals;
  exports io.millstream.clients.producer;
  exports io.millstream.common;
  exports io.millstream.common.config;
  exports io.millstream.common.config.types;
  exports io.millstream.common.errors;
  exports io.millstream.common.header;
  exports io.millstream.common.header.internals;
  exports io.millstream.common.metrics;
  exports io.millstream.common.record;
  exports io.millstream.common.serialization;
  exports io.millstream.common.utils;
  exports io.millstream.network to
      io.millstream.testing;
  exports io.millstream.protocol to
      io.millstream.testing;
  exports io.millstream.record to
      io.millstream.testing;
  exports io.millstream.wire to
      io.millstream.testing;
}
