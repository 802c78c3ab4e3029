package io.millstream.compression;

import org.jspecify.annotations.Nullable;

/** The ways to compress that Kafka knows, with the range of their levels. */
public enum Codec {
  /** Not compressed. */
  NONE(0, "none", 0, 0, 0),
  /** RFC 1952. */
  GZIP(1, "gzip", 1, 9, -1),
  /** Snappy, in the framing of snappy-java's streams. */
  SNAPPY(2, "snappy", 0, 0, 0),
  /** The LZ4 frame format, with independent blocks. */
  LZ4(3, "lz4", 1, 17, 9),
  /** RFC 8878. */
  ZSTD(4, "zstd", -131072, 22, 3);

  private static final Codec[] BY_ID = values();

  private final int id;
  private final String codecName;
  private final int lowestLevel;
  private final int highestLevel;
  private final int defaultLevel;

  Codec(int id, String codecName, int lowestLevel, int highestLevel, int defaultLevel) {
    this.id = id;
    this.codecName = codecName;
    this.lowestLevel = lowestLevel;
    this.highestLevel = highestLevel;
    this.defaultLevel = defaultLevel;
  }

  /**
   * Finds a codec by its number in the attributes of a batch.
   *
   * @param id the number
   * @return the codec, or null where the number is not known
   */
  public static @Nullable Codec of(int id) {
    return id >= 0 && id < BY_ID.length ? BY_ID[id] : null;
  }

  /**
   * Finds a codec by its name in settings.
   *
   * @param codecName the name, in lower case
   * @return the codec, or null where the name is not known
   */
  public static @Nullable Codec of(String codecName) {
    for (Codec codec : BY_ID) {
      if (codec.codecName.equals(codecName)) {
        return codec;
      }
    }
    return null;
  }

  /**
   * The number of this codec in the attributes of a batch.
   *
   * @return 0 to 4
   */
  public int id() {
    return id;
  }

  /**
   * The name of this codec in settings.
   *
   * @return the name, in lower case
   */
  public String codecName() {
    return codecName;
  }

  /**
   * The lowest level, apart from the default.
   *
   * @return the level; 0 where the codec has none
   */
  public int lowestLevel() {
    return lowestLevel;
  }

  /**
   * The highest level.
   *
   * @return the level; 0 where the codec has none
   */
  public int highestLevel() {
    return highestLevel;
  }

  /**
   * The level that is used where none is set. With gzip it stands outside of the range and leaves
   * the choice to the library; with lz4 it means the fast compressor, every other level the
   * thorough one.
   *
   * @return the level; 0 where the codec has none
   */
  public int defaultLevel() {
    return defaultLevel;
  }

  /**
   * Says whether a level can be used.
   *
   * @param level the level
   * @return true for the default and those in the range
   */
  public boolean allowsLevel(int level) {
    return level == defaultLevel || (level >= lowestLevel && level <= highestLevel);
  }
}
