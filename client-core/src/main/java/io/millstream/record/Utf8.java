package io.millstream.record;

import java.nio.ByteBuffer;

/** Encodes text without an array in between. Half surrogates become question marks. */
final class Utf8 {

  private Utf8() {}

  static int sizeOf(String text) {
    int size = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x800 && !Character.isSurrogate(c)) {
        size += 2;
      } else if (c >= 0x80 && isPair(text, i)) {
        size += 2;
        i++;
      } else if (c >= 0x80 && c < 0x800) {
        size++;
      }
    }
    return size;
  }

  static void put(String text, ByteBuffer out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        out.put((byte) c);
      } else if (c < 0x800) {
        out.put((byte) (0xc0 | c >>> 6));
        out.put((byte) (0x80 | (c & 0x3f)));
      } else if (!Character.isSurrogate(c)) {
        out.put((byte) (0xe0 | c >>> 12));
        out.put((byte) (0x80 | (c >>> 6 & 0x3f)));
        out.put((byte) (0x80 | (c & 0x3f)));
      } else if (isPair(text, i)) {
        i++;
        int point = Character.toCodePoint(c, text.charAt(i));
        out.put((byte) (0xf0 | point >>> 18));
        out.put((byte) (0x80 | (point >>> 12 & 0x3f)));
        out.put((byte) (0x80 | (point >>> 6 & 0x3f)));
        out.put((byte) (0x80 | (point & 0x3f)));
      } else {
        out.put((byte) '?');
      }
    }
  }

  private static boolean isPair(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        && index + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(index + 1));
  }
}
