package io.millstream.benchmarks.producer;

import java.util.Map;

/** Which library is measured. */
enum Client {
  MILLSTREAM("Millstream") {
    @Override
    ProducerUnderTest open(Map<String, Object> settings, String topic, Acknowledgements acks) {
      return new MillstreamProducer(settings, topic, acks);
    }
  },
  APACHE("Apache") {
    @Override
    ProducerUnderTest open(Map<String, Object> settings, String topic, Acknowledgements acks) {
      return new ApacheProducer(settings, topic, acks);
    }
  };

  private final String title;

  Client(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  abstract ProducerUnderTest open(
      Map<String, Object> settings, String topic, Acknowledgements acknowledgements);
}
