package io.millstream.simulation;

import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Producers that fill a topic, and a group that reads it meanwhile. */
final class PipelineWorld {

  private static final Duration CATCH_UP = Duration.ofMinutes(5);
  private static final int MOST_WRITERS = 2;
  private static final String[] PRODUCE_ERRORS = {
    "NOT_LEADER_OR_FOLLOWER",
    "NOT_ENOUGH_REPLICAS",
    "KAFKA_STORAGE_ERROR",
    "LEADER_NOT_AVAILABLE",
    "UNKNOWN_TOPIC_OR_PARTITION",
    "REQUEST_TIMED_OUT"
  };

  private final ReadingWorld reading;
  private final SplittableRandom random;
  private final List<WritingClient> living = new ArrayList<>();
  private final List<WritingClient> all = new ArrayList<>();

  PipelineWorld(long seed, NetworkConditions conditions) {
    reading = new ReadingWorld(seed, conditions);
    random = reading.random();
  }

  Simulation simulation() {
    return reading.simulation();
  }

  /** Sends for some rounds, then mends everything and goes on until all was read. */
  void run(int rounds) {
    reading.join();
    begin();
    for (int round = 0; round < rounds; round++) {
      disturb();
      if (random.nextInt(6) == 0) {
        reading.changeMembers();
      }
      if (random.nextInt(8) == 0) {
        changeWriters();
      }
      for (WritingClient writer : living) {
        writer.send(random.nextInt(40));
      }
      reading.pollAll();
      reading.simulation().run(Duration.ofMillis(random.nextInt(300)));
    }
    reading.heal();
    living.forEach(WritingClient::close);
    if (reading.members() == 0) {
      reading.join();
    }
    reading.catchUp(CATCH_UP);
    reading.closeAll();
  }

  /** Compares what the producers were told with what the logs have. */
  void check() {
    all.forEach(writer -> writer.check(reading.logs()));
  }

  private void begin() {
    WritingClient writer = new WritingClient(reading, all.size() + 1);
    living.add(writer);
    all.add(writer);
  }

  private void changeWriters() {
    if (living.size() < MOST_WRITERS) {
      begin();
    } else {
      living.remove(random.nextInt(living.size())).kill();
    }
  }

  private void disturb() {
    switch (random.nextInt(8)) {
      case 0 -> reading.disturb();
      case 1 -> reading.cluster().loseAnswers("Produce", 1 + random.nextInt(3));
      case 2 -> {
        String error = PRODUCE_ERRORS[random.nextInt(PRODUCE_ERRORS.length)];
        reading.cluster().refuse("Produce", error, 1 + random.nextInt(2));
      }
      case 3 -> reading.cluster().loseAnswers("Metadata", 1);
      case 4 -> moveLeader();
      default -> {
        // A quiet round.
      }
    }
  }

  private void moveLeader() {
    int partition = random.nextInt(ReadingWorld.PARTITIONS);
    int broker = 1 + random.nextInt(3);
    try {
      reading.cluster().moveLeader(ReadingWorld.TOPIC, partition, broker);
    } catch (IllegalArgumentException e) {
      // That broker does not run; the leader stays.
    }
  }
}
