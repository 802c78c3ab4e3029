package io.millstream.common.header;

import org.jspecify.annotations.Nullable;

/**
 * The headers of a record, in order; a key may stand there more than once. Once the record was sent
 * they are read-only, and every change throws {@link IllegalStateException}.
 */
public interface Headers extends Iterable<Header> {

  /**
   * Adds a header at the end.
   *
   * @param header the header
   * @return these headers
   * @throws IllegalStateException if they are read-only
   */
  Headers add(Header header) throws IllegalStateException;

  /**
   * Adds a header at the end.
   *
   * @param key its key
   * @param value its value, not copied; may be null
   * @return these headers
   * @throws IllegalStateException if they are read-only
   */
  Headers add(String key, byte @Nullable [] value) throws IllegalStateException;

  /**
   * Removes all headers of a key.
   *
   * @param key the key
   * @return these headers
   * @throws IllegalStateException if they are read-only
   */
  Headers remove(String key) throws IllegalStateException;

  /**
   * Finds the last header of a key.
   *
   * @param key the key
   * @return the header, or null for none
   */
  @Nullable Header lastHeader(String key);

  /**
   * Finds all headers of a key.
   *
   * @param key the key
   * @return the headers in order; empty for none
   */
  Iterable<Header> headers(String key);

  /** {@return all headers in order, in a new array} */
  Header[] toArray();
}
