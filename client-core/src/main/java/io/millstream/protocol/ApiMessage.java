package io.millstream.protocol;

import io.millstream.wire.WireWriter;

/** A request or response of one API: an immutable value that can be written in any version. */
public interface ApiMessage {

  /** Returns the API this message belongs to. */
  ApiKey apiKey();

  /**
   * Writes the message, without its header.
   *
   * @param out where to
   * @param version one of {@link #apiKey}'s versions
   * @throws io.millstream.common.errors.UnsupportedVersionException if a field that the version
   *     lacks, and that may not be left out silently, is set to other than its default
   */
  void write(WireWriter out, short version);
}
