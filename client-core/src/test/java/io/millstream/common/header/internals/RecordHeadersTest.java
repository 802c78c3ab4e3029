package io.millstream.common.header.internals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.header.Header;
import java.lang.management.ManagementFactory;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordHeadersTest {

  private static final Header FIRST = new RecordHeader("first", new byte[] {1});
  private static final Header SECOND = new RecordHeader("second", null);

  @Test
  void headersThatBeginEmptyTakeAndLoseHeaders() {
    for (RecordHeaders headers :
        List.of(
            new RecordHeaders(), new RecordHeaders(new Header[0]), new RecordHeaders(List.of()))) {
      headers.add(FIRST).add(SECOND);
      assertThat(headers.toArray()).containsExactly(FIRST, SECOND);
      Iterator<Header> all = headers.iterator();
      all.next();
      all.remove();
      assertThat(headers.lastHeader("second")).isEqualTo(SECOND);
      headers.remove("second");
      assertThat(headers).isEqualTo(new RecordHeaders());
    }
  }

  @Test
  void headersThatWereGivenTakeMore() {
    Header[] given = {FIRST};
    assertThat(new RecordHeaders(given).add(SECOND).toArray()).containsExactly(FIRST, SECOND);
    assertThat(given).containsExactly(FIRST);
  }

  @Test
  void emptyHeadersThatAreReadOnlyTakeNone() {
    RecordHeaders headers = new RecordHeaders();
    headers.setReadOnly();
    assertThatThrownBy(() -> headers.add(FIRST)).isInstanceOf(IllegalStateException.class);
    assertThat(headers.toArray()).isEmpty();
  }

  @Test
  void emptyHeadersTakeNoMoreThanOneObject() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    RecordHeaders[] made = new RecordHeaders[10_000];
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < made.length; i++) {
      made[i] = new RecordHeaders();
    }
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / made.length;
    assertThat(each).as("bytes of %s", made[0]).isLessThanOrEqualTo(24);
  }
}
