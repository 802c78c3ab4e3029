package io.millstream.common.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A recommender whose definition was embedded in another: it goes on seeing its own keys.
 *
 * @param prefix begins its keys in the other definition
 * @param recommender the one that knows nothing of it
 */
record EmbeddedRecommender(String prefix, ConfigDef.Recommender recommender)
    implements ConfigDef.Recommender {

  @Override
  public List<Object> validValues(String name, Map<String, Object> parsedConfig) {
    return recommender.validValues(own(name), own(parsedConfig));
  }

  @Override
  public boolean visible(String name, Map<String, Object> parsedConfig) {
    return recommender.visible(own(name), own(parsedConfig));
  }

  private String own(String name) {
    return name.substring(prefix.length());
  }

  private Map<String, Object> own(Map<String, Object> values) {
    Map<String, Object> own = new HashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            own.put(own(key), value);
          }
        });
    return own;
  }
}
