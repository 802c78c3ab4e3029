package io.millstream.examples;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The bundled event log: what visitors of a web shop did, one JSON object a line, many visits under
 * way at a time. It is made anew by each run, always the same, so that it takes no room.
 */
final class EventLog {

  static final int LINES = 12_000;

  private static final Instant BEGIN = Instant.parse("2026-03-02T06:00:00Z");
  private static final int VISITS_AT_A_TIME = 150;
  private static final String[] COUNTRIES = {"SE", "NO", "DK", "FI", "DE", "PL", "NL"};
  private static final String[] DEVICES = {"phone", "phone", "phone", "desktop", "tablet"};
  private static final String[] WORDS = {
    "lamp", "wool blanket", "teapot", "bookshelf", "candle", "oak table", "rain boots", "kayak"
  };

  private final SplittableRandom random = new SplittableRandom(20_260_302L);
  private final List<Visit> visits = new ArrayList<>();
  private Instant now = BEGIN;
  private int begun;

  private EventLog() {}

  /** Returns all lines in order of time. */
  static List<String> lines() {
    EventLog log = new EventLog();
    List<String> lines = new ArrayList<>(LINES);
    while (lines.size() < LINES) {
      lines.add(log.next());
    }
    return lines;
  }

  private static final class Visit {
    private final String session;
    private final int customer;
    private final String country;
    private final String device;
    private int step;
    private int items;
    private long cents;

    private Visit(int number, SplittableRandom random) {
      session = String.format(Locale.ROOT, "s-%05d", number);
      customer = 1_000 + random.nextInt(2_500);
      country = COUNTRIES[random.nextInt(COUNTRIES.length)];
      device = DEVICES[random.nextInt(DEVICES.length)];
    }
  }

  private String next() {
    now = now.plusMillis(random.nextInt(1, 900));
    if (visits.size() < VISITS_AT_A_TIME) {
      begun++;
      visits.add(new Visit(begun, random));
    }
    Visit visit = visits.get(random.nextInt(visits.size()));
    String what = event(visit);
    visit.step++;
    if (what.contains("\"leave\"") || what.contains("\"pay\"")) {
      visits.remove(visit);
    }
    return String.format(
        Locale.ROOT,
        "{\"time\":\"%s\",\"session\":\"%s\",\"customer\":\"c-%d\",\"country\":\"%s\",\"device\":\"%s\",\"step\":%d,%s,\"millis\":%d}",
        now,
        visit.session,
        visit.customer,
        visit.country,
        visit.device,
        visit.step,
        what,
        random.nextInt(4, 220));
  }

  private String event(Visit visit) {
    if (visit.step == 0) {
      return "\"event\":\"visit\",\"page\":\"/" + visit.country.toLowerCase(Locale.ROOT) + "/\"";
    }
    int dice = random.nextInt(100);
    if (dice < 25) {
      String word = WORDS[random.nextInt(WORDS.length)];
      return "\"event\":\"search\",\"words\":\"%s\",\"hits\":%d"
          .formatted(word, random.nextInt(90));
    } else if (dice < 65) {
      return "\"event\":\"view\",\"product\":\"p-%d\"".formatted(100 + random.nextInt(800));
    } else if (dice < 85) {
      long cents = 490 + 50L * random.nextInt(400);
      visit.items++;
      visit.cents += cents;
      return String.format(
          Locale.ROOT,
          "\"event\":\"add\",\"product\":\"p-%d\",\"price\":%d.%02d",
          100 + random.nextInt(800),
          cents / 100,
          cents % 100);
    } else if (visit.items > 0 && dice < 93) {
      return String.format(
          Locale.ROOT,
          "\"event\":\"pay\",\"items\":%d,\"total\":%d.%02d",
          visit.items,
          visit.cents / 100,
          visit.cents % 100);
    }
    return "\"event\":\"leave\"";
  }
}
