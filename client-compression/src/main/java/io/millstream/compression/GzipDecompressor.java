package io.millstream.compression;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads any number of members, as of RFC 1952:
 *
 * <pre>
 *   1f 8b 08             magic, deflate
 *   byte    flags        bits: 0 text, 1 checksum of header, 2 extra, 3 name, 4 comment
 *   int32   time
 *   byte    more flags
 *   byte    system
 *   int16 n, n bytes     if extra
 *   bytes, 00            if name
 *   bytes, 00            if comment
 *   int16   checksum     if checksum of header
 *   deflated content
 *   int32   CRC-32 of the content
 *   int32   size of the content, modulo 2^32        (all little endian)
 * </pre>
 *
 * What follows the last member and does not begin as one is not looked at, as gzip itself has it.
 */
final class GzipDecompressor implements Decompressor {

  private static final int FIXED_BYTES = 10;
  private static final int HEADER_CHECKSUM = 0x02;
  private static final int EXTRA = 0x04;
  private static final int NAME = 0x08;
  private static final int COMMENT = 0x10;
  private static final int RESERVED = 0xe0;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private ByteBuffer input = ByteBuffer.allocate(0);
  private boolean ended;

  @Override
  public void start(ByteBuffer input, OutputBound bound) {
    this.input = input.order(ByteOrder.LITTLE_ENDIAN);
    ended = false;
    if (!startsMember()) {
      throw new CorruptCompressedDataException("gzip data without the magic of gzip");
    }
    startMember();
  }

  private boolean startsMember() {
    int at = input.position();
    return input.remaining() >= 3 && input.getShort(at) == (short) 0x8b1f && input.get(at + 2) == 8;
  }

  private void startMember() {
    int start = input.position();
    require(FIXED_BYTES);
    int flags = input.get(start + 3);
    if ((flags & RESERVED) != 0) {
      throw new CorruptCompressedDataException(
          "gzip data with the flags "
              + Integer.toHexString(flags & 0xff)
              + ", which are not known");
    }
    input.position(start + FIXED_BYTES);
    if ((flags & EXTRA) != 0) {
      require(Short.BYTES);
      skip(input.getShort() & 0xffff);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      checkHeader(start);
    }
    inflater.reset();
    inflater.setInput(input);
    checksum.reset();
  }

  private void checkHeader(int start) {
    require(Short.BYTES);
    checksum.reset();
    checksum.update(input.slice(start, input.position() - start));
    if (input.getShort() != (short) checksum.getValue()) {
      throw new CorruptCompressedDataException("gzip data whose header has a bad checksum");
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    while (!ended) {
      int count;
      try {
        count = inflater.inflate(target, offset, length);
      } catch (DataFormatException e) {
        throw new CorruptCompressedDataException("corrupt gzip data: " + e.getMessage(), e);
      }
      if (count > 0) {
        checksum.update(target, offset, count);
      }
      if (inflater.finished()) {
        endMember();
      } else if (count == 0) {
        if (inflater.needsDictionary()) {
          throw new CorruptCompressedDataException("gzip data that wants a dictionary");
        }
        if (inflater.needsInput()) {
          throw new CorruptCompressedDataException("gzip data is cut off");
        }
      }
      if (count > 0) {
        return count;
      }
    }
    return -1;
  }

  private void endMember() {
    require(2 * Integer.BYTES);
    int expected = input.getInt();
    int size = input.getInt();
    if (expected != (int) checksum.getValue() || size != (int) inflater.getBytesWritten()) {
      throw new CorruptCompressedDataException("gzip data with a bad checksum or size");
    }
    if (startsMember()) {
      startMember();
    } else {
      ended = true;
    }
  }

  private void skipText() {
    while (true) {
      require(1);
      if (input.get() == 0) {
        return;
      }
    }
  }

  private void skip(int bytes) {
    require(bytes);
    input.position(input.position() + bytes);
  }

  private void require(int bytes) {
    if (input.remaining() < bytes) {
      throw new CorruptCompressedDataException("gzip data is cut off");
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
