package io.millstream.protocol;

/** What a broker answers. */
public interface ApiResponse extends ApiMessage {

  /**
   * Returns how long the client shall send nothing more to this broker (KIP-219), in milliseconds;
   * 0 where the API has no such field.
   */
  default int throttleTimeMs() {
    return 0;
  }
}
