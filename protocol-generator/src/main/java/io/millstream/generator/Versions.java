package io.millstream.generator;

/**
 * A range of versions, both ends included; empty where the lowest exceeds the newest.
 *
 * @param lowest the first version
 * @param newest the last version
 */
record Versions(int lowest, int newest) {

  static final Versions NONE = new Versions(1, 0);

  /** Reads "3", "3-5" or "3+"; the last is open up to the newest version of the enclosing range. */
  static Versions parse(String text, Versions enclosing) {
    int dash = text.indexOf('-');
    if (text.endsWith("+")) {
      return new Versions(Integer.parseInt(text.substring(0, text.length() - 1)), enclosing.newest);
    }
    return dash < 0
        ? new Versions(Integer.parseInt(text), Integer.parseInt(text))
        : new Versions(
            Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
  }

  boolean isEmpty() {
    return lowest > newest;
  }

  boolean contains(int version) {
    return version >= lowest && version <= newest;
  }

  boolean contains(Versions other) {
    return other.isEmpty() || (contains(other.lowest) && contains(other.newest));
  }

  Versions intersect(Versions other) {
    return new Versions(Math.max(lowest, other.lowest), Math.min(newest, other.newest));
  }

  /** Returns a Java condition on {@code version} that holds inside, given that it is in a range. */
  String inside(Versions known) {
    if (isEmpty()) {
      return "false";
    }
    if (contains(known)) {
      return "true";
    }
    if (newest >= known.newest) {
      return "version >= " + lowest;
    }
    return lowest <= known.lowest
        ? "version <= " + newest
        : "version >= " + lowest + " && version <= " + newest;
  }

  /**
   * Returns a Java condition on {@code version} that holds outside, given that it is in a range.
   */
  String outside(Versions known) {
    if (isEmpty()) {
      return "true";
    }
    if (contains(known)) {
      return "false";
    }
    if (newest >= known.newest) {
      return "version < " + lowest;
    }
    return lowest <= known.lowest
        ? "version > " + newest
        : "(version < " + lowest + " || version > " + newest + ")";
  }
}
