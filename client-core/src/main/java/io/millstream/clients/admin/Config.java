package io.millstream.clients.admin;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration of a topic or a broker: its entries by name. */
public class Config {

  private final Map<String, ConfigEntry> entries = new LinkedHashMap<>();

  /**
   * Gathers entries.
   *
   * @param entries the entries; of two with one name the later counts
   */
  public Config(Collection<ConfigEntry> entries) {
    for (ConfigEntry entry : entries) {
      this.entries.put(entry.name(), entry);
    }
  }

  /**
   * Gives all entries.
   *
   * @return an unmodifiable collection in the order they were given
   */
  public Collection<ConfigEntry> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /**
   * Finds an entry.
   *
   * @param name the key
   * @return the entry, or null if there is none
   */
  public @Nullable ConfigEntry get(String name) {
    return entries.get(name);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Config that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return "Config" + entries.values();
  }
}
