/** gzip, snappy, lz4 and zstd in Kafka's framings. */
module io.millstream.client.compression {
  requires static org.jspecify;
}
