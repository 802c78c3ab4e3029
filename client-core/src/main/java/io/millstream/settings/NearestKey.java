package io.millstream.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what a misspelt key was meant to be. */
final class NearestKey {

  private NearestKey() {}

  /** Says which known key is nearest, as the middle of a sentence. */
  static String hint(SettingTable table, String key) {
    for (SettingTable other : SettingTables.all()) {
      if (other.find(key) != null) {
        return "it is one of the " + other.client();
      }
    }
    String nearest = of(table, key);
    return nearest == null ? "no known one is like it" : "the nearest known one is " + nearest;
  }

  /**
   * Returns the known key with the fewest differences, the first by name where several have; null
   * where more than a third of the key would have to change.
   */
  static @Nullable String of(SettingTable table, String key) {
    String nearest = null;
    int least = Math.max(2, key.length() / 3) + 1;
    for (Setting setting : table.settings()) {
      int distance = distance(normal(key), normal(setting.key()));
      if (distance < least) {
        least = distance;
        nearest = setting.key();
      }
    }
    return nearest;
  }

  private static String normal(String key) {
    return key.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
  }

  /** Counts the characters to insert, remove, replace, or swap with their neighbour. */
  static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int cost = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[to.length()];
  }
}
