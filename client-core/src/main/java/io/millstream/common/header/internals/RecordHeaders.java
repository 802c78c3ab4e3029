package io.millstream.common.header.internals;

import io.millstream.common.header.Header;
import io.millstream.common.header.Headers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The headers of a record. Not thread-safe while they are changed. */
public class RecordHeaders implements Headers {

  /** Immutable until the first change: one of these is made for each record, and few change. */
  private List<Header> headers;

  private volatile boolean isReadOnly;

  /** Creates empty headers. */
  public RecordHeaders() {
    this((Iterable<Header>) null);
  }

  /**
   * Creates headers.
   *
   * @param headers what to begin with; null for none
   */
  public RecordHeaders(Header @Nullable [] headers) {
    // Nothing is taken that is not kept.
    this.headers =
        headers == null || headers.length == 0 ? List.of() : new ArrayList<>(headers.length);
    if (headers != null) {
      for (Header header : headers) {
        this.headers.add(checked(header));
      }
    }
  }

  /**
   * Creates headers.
   *
   * @param headers what to begin with; null for none
   */
  public RecordHeaders(@Nullable Iterable<Header> headers) {
    this.headers = headers == null ? List.of() : new ArrayList<>(0);
    if (headers != null) {
      for (Header header : headers) {
        this.headers.add(checked(header));
      }
    }
  }

  @Override
  public Headers add(Header header) throws IllegalStateException {
    checked(header);
    writable().add(header);
    return this;
  }

  @Override
  public Headers add(String key, byte @Nullable [] value) throws IllegalStateException {
    return add(new RecordHeader(key, value));
  }

  @Override
  public Headers remove(String key) throws IllegalStateException {
    checkedKey(key);
    writable().removeIf(header -> header.key().equals(key));
    return this;
  }

  @Override
  public @Nullable Header lastHeader(String key) {
    checkedKey(key);
    for (int i = headers.size() - 1; i >= 0; i--) {
      if (headers.get(i).key().equals(key)) {
        return headers.get(i);
      }
    }
    return null;
  }

  @Override
  public Iterable<Header> headers(String key) {
    checkedKey(key);
    return () ->
        Collections.unmodifiableList(headers).stream()
            .filter(header -> header.key().equals(key))
            .iterator();
  }

  @Override
  public Iterator<Header> iterator() {
    Iterator<Header> all = headers.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public Header next() {
        return all.next();
      }

      @Override
      public void remove() {
        writable();
        all.remove();
      }
    };
  }

  /** Forbids any further change. */
  public void setReadOnly() {
    isReadOnly = true;
  }

  /** {@return whether changes are forbidden} */
  public boolean isReadOnly() {
    return isReadOnly;
  }

  @Override
  public Header[] toArray() {
    return headers.toArray(new Header[0]);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof RecordHeaders other && headers.equals(other.headers);
  }

  @Override
  public int hashCode() {
    return headers.hashCode();
  }

  @Override
  public String toString() {
    return "RecordHeaders(headers = " + headers + ", isReadOnly = " + isReadOnly + ")";
  }

  private List<Header> writable() {
    if (isReadOnly) {
      throw new IllegalStateException(
          "These headers are read-only, since their record was sent already");
    }
    if (!(headers instanceof ArrayList)) {
      headers = new ArrayList<>(headers);
    }
    return headers;
  }

  private static Header checked(Header header) {
    return Objects.requireNonNull(header, "A header cannot be null");
  }

  private static void checkedKey(String key) {
    if (key == null) {
      throw new IllegalArgumentException("The key of a header cannot be null");
    }
  }
}
