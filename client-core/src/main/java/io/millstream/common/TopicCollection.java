package io.millstream.common;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Topics named either by their names or by their ids. */
public abstract class TopicCollection {

  private TopicCollection() {}

  /**
   * Names topics by their ids.
   *
   * @param topics the ids
   * @return the collection
   */
  public static TopicIdCollection ofTopicIds(Collection<Uuid> topics) {
    return new TopicIdCollection(topics);
  }

  /**
   * Names topics by their names.
   *
   * @param topics the names
   * @return the collection
   */
  public static TopicNameCollection ofTopicNames(Collection<String> topics) {
    return new TopicNameCollection(topics);
  }

  /** Topics named by their ids. */
  public static class TopicIdCollection extends TopicCollection {

    private final List<Uuid> topicIds;

    private TopicIdCollection(Collection<Uuid> topicIds) {
      this.topicIds = List.copyOf(new ArrayList<>(topicIds));
    }

    /**
     * Gives the ids.
     *
     * @return an unmodifiable collection
     */
    public Collection<Uuid> topicIds() {
      return topicIds;
    }
  }

  /** Topics named by their names. */
  public static class TopicNameCollection extends TopicCollection {

    private final List<String> topicNames;

    private TopicNameCollection(Collection<String> topicNames) {
      this.topicNames = List.copyOf(new ArrayList<>(topicNames));
    }

    /**
     * Gives the names.
     *
     * @return an unmodifiable collection
     */
    public Collection<String> topicNames() {
      return topicNames;
    }
  }
}
