/** gzip, snappy, lz4 and zstd in Kafka's framings. */
module io.millstream.client.compression {
  requires static transitive org.jspecify;
  requires com.github.luben.zstd_jni;
  requires org.lz4.java;
  requires org.xerial.snappy;

  exports io.millstream.compression;
}
