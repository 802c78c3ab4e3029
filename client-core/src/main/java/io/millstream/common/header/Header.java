package io.millstream.common.header;

import org.jspecify.annotations.Nullable;

/** One header of a record. */
public interface Header {

  /**
   * The key of this header; several headers of a record may have the same one.
   *
   * @return the key, never null
   */
  String key();

  /**
   * The value of this header.
   *
   * @return the value, which may be null; not a copy
   */
  byte @Nullable [] value();
}
