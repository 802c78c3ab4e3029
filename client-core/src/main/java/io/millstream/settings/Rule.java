package io.millstream.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What a value must be beyond its type.
 *
 * @param text says it, as in "must be …"; empty where there is nothing to say
 * @param test whether a value, never null, obeys
 */
public record Rule(String text, Predicate<Object> test) {

  /** Any value of the type. */
  static final Rule ANY = new Rule("", value -> true);

  private static final String BY_DURATION = "by_duration:";

  static Rule atLeast(long least) {
    return new Rule("at least " + least, value -> ((Number) value).longValue() >= least);
  }

  static Rule between(long least, long most) {
    return new Rule(
        "from " + least + " to " + most,
        value -> ((Number) value).longValue() >= least && ((Number) value).longValue() <= most);
  }

  static Rule between(double least, double most) {
    return new Rule(
        "from " + least + " to " + most,
        value -> ((Number) value).doubleValue() >= least && ((Number) value).doubleValue() <= most);
  }

  static Rule betweenOr(long least, long most, long other) {
    Rule range = between(least, most);
    return new Rule(
        range.text + ", or " + other,
        value -> ((Number) value).longValue() == other || range.test.test(value));
  }

  static Rule oneOf(String... allowed) {
    List<String> names = List.of(allowed);
    return new Rule(alternatives(allowed), names::contains);
  }

  static Rule oneOfIgnoringCase(String... allowed) {
    List<String> names = Arrays.stream(allowed).map(name -> name.toUpperCase(Locale.ROOT)).toList();
    return new Rule(
        alternatives(allowed) + " (in upper or lower case)",
        value -> names.contains(((String) value).toUpperCase(Locale.ROOT)));
  }

  private static String alternatives(String... allowed) {
    return "one of " + String.join(", ", allowed);
  }

  static Rule notEmpty() {
    return new Rule(
        "not empty",
        value -> value instanceof List<?> list ? !list.isEmpty() : !((String) value).isEmpty());
  }

  static Rule servers() {
    return new Rule(
        ServerAddress.RULE,
        value -> !((List<?>) value).isEmpty() && ((List<?>) value).stream().allMatch(Rule::server));
  }

  private static boolean server(Object value) {
    return ServerAddress.parse((String) value) != null;
  }

  static Rule offsetReset() {
    return new Rule(
        "one of latest, earliest, none, or by_duration:PnDTnHnMn.nS with a duration of ISO 8601",
        value -> List.of("latest", "earliest", "none").contains(value) || isByDuration(value));
  }

  private static boolean isByDuration(Object value) {
    String text = (String) value;
    if (!text.startsWith(BY_DURATION)) {
      return false;
    }
    try {
      return !Duration.parse(text.substring(BY_DURATION.length())).isNegative();
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
