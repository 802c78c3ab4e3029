package io.millstream.common;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The name of a {@link Metric}: two with the same name, group and tags are equal. */
public final class MetricName {

  private final String name;
  private final String group;
  private final String description;
  private final Map<String, String> tags;

  /**
   * Names a metric.
   *
   * @param name what is measured
   * @param group what it belongs to
   * @param description what it means, for people
   * @param tags what tells it from others of the same name; not copied
   */
  public MetricName(String name, String group, String description, Map<String, String> tags) {
    this.name = Objects.requireNonNull(name, "name");
    this.group = Objects.requireNonNull(group, "group");
    this.description = Objects.requireNonNull(description, "description");
    this.tags = Objects.requireNonNull(tags, "tags");
  }

  /** Returns what is measured. */
  public String name() {
    return name;
  }

  /** Returns what it belongs to. */
  public String group() {
    return group;
  }

  /** Returns what tells it from others of the same name. */
  public Map<String, String> tags() {
    return tags;
  }

  /** Returns what it means, for people. */
  public String description() {
    return description;
  }

  @Override
  public int hashCode() {
    return Objects.hash(group, name, tags);
  }

  @Override
  public boolean equals(@Nullable Object obj) {
    return obj instanceof MetricName other
        && group.equals(other.group)
        && name.equals(other.name)
        && tags.equals(other.tags);
  }

  @Override
  public String toString() {
    return "MetricName [name="
        + name
        + ", group="
        + group
        + ", description="
        + description
        + ", tags="
        + tags
        + "]";
  }
}
