package io.millstream.common.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@link ConfigDef#validate} says of one setting. Not for several threads. */
public class ConfigValue {

  private final String name;
  private @Nullable Object value;
  private List<Object> recommendedValues;
  private final List<String> errorMessages;
  private boolean visible = true;

  /**
   * Begins with no value and nothing wrong.
   *
   * @param name the key
   */
  public ConfigValue(String name) {
    this(name, null, new ArrayList<>(), new ArrayList<>());
  }

  /**
   * Begins with all of it.
   *
   * @param name the key
   * @param value the value; may be null
   * @param recommendedValues values to choose from
   * @param errorMessages what is wrong; kept, and added to
   */
  public ConfigValue(
      String name,
      @Nullable Object value,
      List<Object> recommendedValues,
      List<String> errorMessages) {
    this.name = name;
    this.value = value;
    this.recommendedValues = recommendedValues;
    this.errorMessages = errorMessages;
  }

  /** {@return the key} */
  public String name() {
    return name;
  }

  /** {@return the value; null for none} */
  public @Nullable Object value() {
    return value;
  }

  /** {@return values to choose from} */
  public List<Object> recommendedValues() {
    return recommendedValues;
  }

  /** {@return what is wrong; empty for nothing} */
  public List<String> errorMessages() {
    return errorMessages;
  }

  /** {@return whether the setting has a meaning, given the others} */
  public boolean visible() {
    return visible;
  }

  /**
   * Sets the value.
   *
   * @param value the value; may be null
   */
  public void value(@Nullable Object value) {
    this.value = value;
  }

  /**
   * Sets values to choose from.
   *
   * @param recommendedValues the values
   */
  public void recommendedValues(List<Object> recommendedValues) {
    this.recommendedValues = recommendedValues;
  }

  /**
   * Says what else is wrong.
   *
   * @param errorMessage the rule and the value
   */
  public void addErrorMessage(String errorMessage) {
    errorMessages.add(errorMessage);
  }

  /**
   * Says whether the setting has a meaning.
   *
   * @param visible whether it has
   */
  public void visible(boolean visible) {
    this.visible = visible;
  }

  @Override
  public boolean equals(@Nullable Object obj) {
    return obj instanceof ConfigValue other
        && name.equals(other.name)
        && Objects.equals(value, other.value)
        && recommendedValues.equals(other.recommendedValues)
        && errorMessages.equals(other.errorMessages)
        && visible == other.visible;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, value, recommendedValues, errorMessages, visible);
  }

  @Override
  public String toString() {
    return "[%s,%s,%s,%s,%s]".formatted(name, value, recommendedValues, errorMessages, visible);
  }
}
