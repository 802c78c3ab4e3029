package io.millstream.generator;

import java.util.List;

/** Emits the enum of all APIs that have a definition, in the order of their numbers. */
final class ApiKeyEmitter {

  private static final String MEMBERS =
      """

        private static final @Nullable ApiKey[] BY_ID = byId();

        private final short id;
        private final short lowestVersion;
        private final short newestVersion;
        private final short firstFlexibleVersion;
        private final Elements.Reader<ApiRequest<?>> requestReader;
        private final Elements.Reader<ApiResponse> responseReader;

        ApiKey(
            int id,
            int[] versions,
            Elements.Reader<ApiRequest<?>> requestReader,
            Elements.Reader<ApiResponse> responseReader) {
          this.id = (short) id;
          this.lowestVersion = (short) versions[0];
          this.newestVersion = (short) versions[1];
          this.firstFlexibleVersion = (short) versions[2];
          this.requestReader = requestReader;
          this.responseReader = responseReader;
        }

        /** Returns the number that stands for this API on the wire. */
        public short id() {
          return id;
        }

        /** Returns the lowest version that is implemented here. */
        public short lowestVersion() {
          return lowestVersion;
        }

        /** Returns the newest version that is implemented here. */
        public short newestVersion() {
          return newestVersion;
        }

        /** Says whether a version has compact lengths and tagged fields (KIP-482). */
        public boolean flexible(short version) {
          return version >= firstFlexibleVersion;
        }

        /**
         * Reads a request, without its header.
         *
         * @throws UnsupportedVersionException if the version is not implemented here
         * @throws io.millstream.wire.MalformedFrameException if the bytes are no such request
         */
        public ApiRequest<?> readRequest(WireReader in, short version) {
          requireVersion(version);
          return requestReader.read(in, version);
        }

        /**
         * Reads a response, without its header.
         *
         * @throws UnsupportedVersionException if the version is not implemented here
         * @throws io.millstream.wire.MalformedFrameException if the bytes are no such response
         */
        public ApiResponse readResponse(WireReader in, short version) {
          requireVersion(version);
          return responseReader.read(in, version);
        }

        /**
         * Finds an API by its number.
         *
         * @return the API, or null where it is not implemented here
         */
        public static @Nullable ApiKey find(short id) {
          return id >= 0 && id < BY_ID.length ? BY_ID[id] : null;
        }

        /** Throws where a version is not implemented here. */
        void requireVersion(short version) {
          if (version < lowestVersion || version > newestVersion) {
            throw new UnsupportedVersionException(
                "Version %d of %s is not implemented: the versions are %d to %d"
                    .formatted(version, this, lowestVersion, newestVersion));
          }
        }

        private static @Nullable ApiKey[] byId() {
          ApiKey[] all = values();
          @Nullable ApiKey[] byId = new ApiKey[all[all.length - 1].id + 1];
          for (ApiKey apiKey : all) {
            byId[apiKey.id] = apiKey;
          }
          return byId;
        }
      }
      """;

  private ApiKeyEmitter() {}

  /** Returns the source of the enum; the messages are sorted by their numbers. */
  static String emit(List<Message> apis) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        package io.millstream.protocol;

        import io.millstream.common.errors.UnsupportedVersionException;
        import io.millstream.wire.WireReader;
        import org.jspecify.annotations.Nullable;

        /** The APIs this client speaks, with the range of versions it implements of each. */
        public enum ApiKey {
        """);
    for (int i = 0; i < apis.size(); i++) {
      text.append(constant(apis.get(i))).append(i < apis.size() - 1 ? ",\n" : ";\n");
    }
    return text.append(MEMBERS).toString();
  }

  private static String constant(Message api) {
    int neverFlexible = Short.MAX_VALUE;
    return """

          /** %s */
          %s(
              %d,
              new int[] {%d, %d, %d},
              %s::read,
              %s::read)"""
        .formatted(
            api.about(),
            api.constant(),
            api.apiKey().orElseThrow(),
            api.versions().lowest(),
            api.versions().newest(),
            api.flexible().isEmpty() ? neverFlexible : api.flexible().lowest(),
            api.structures().get(0).name(),
            api.structures().get(1).name());
  }
}
