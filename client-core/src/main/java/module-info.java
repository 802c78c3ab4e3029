/** The Kafka client: producer, consumer and admin client. */
module io.millstream.client.core {
  requires transitive io.millstream.client.compression;
  requires org.slf4j;
  requires static org.jspecify;
  requires static micrometer.core;
}
