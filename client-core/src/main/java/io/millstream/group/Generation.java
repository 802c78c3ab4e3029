package io.millstream.group;

/**
 * One generation of a classic group as a member knows it.
 *
 * @param id the number of the generation, −1 where the member is in none
 * @param memberId the member's id in it, empty where the coordinator gave none
 */
record Generation(int id, String memberId) {

  static final Generation NONE = new Generation(-1, "");

  boolean isValid() {
    return id >= 0;
  }
}
