package io.millstream.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The definition of one setting.
 *
 * @param key its name
 * @param shape which values it may have
 * @param importance how likely it is that an application has to think of it
 * @param support whether it works
 * @param doc what it does, in a sentence or two
 * @param unset what holds where nothing is given, in words, if that is more than the default; else
 *     empty
 */
public record Setting(
    String key, Shape shape, Importance importance, Support support, String doc, String unset) {

  /** How likely it is that an application has to think of a setting. */
  public enum Importance {
    /** Seldom. */
    LOW,
    /** Sometimes. */
    MEDIUM,
    /** Always. */
    HIGH
  }

  /**
   * Which values a setting may have.
   *
   * @param type of the value
   * @param standard the default: a value of the type, or null for none
   * @param required whether there must be a value
   * @param plugin what a plug-in must implement; meaningless for other types
   * @param rule what else must be true of it
   */
  public record Shape(
      ValueType type, @Nullable Object standard, boolean required, Class<?> plugin, Rule rule) {}

  /**
   * Whether a setting works.
   *
   * @param built true where every allowed value has its effect; otherwise only the default and the
   *     harmless values may be given
   * @param harmless values besides the default that ask for nothing that is not built
   */
  public record Support(boolean built, List<Object> harmless) {}

  static Setting text(String key, @Nullable String standard) {
    return of(key, ValueType.STRING, standard);
  }

  static Setting integer(String key, @Nullable Integer standard) {
    return of(key, ValueType.INT, standard);
  }

  static Setting smallInteger(String key, int standard) {
    return of(key, ValueType.SHORT, (short) standard);
  }

  static Setting number(String key, long standard) {
    return of(key, ValueType.LONG, standard);
  }

  static Setting decimal(String key, double standard) {
    return of(key, ValueType.DOUBLE, standard);
  }

  static Setting flag(String key, boolean standard) {
    return of(key, ValueType.BOOLEAN, standard);
  }

  static Setting list(String key, String... standard) {
    return of(key, ValueType.LIST, List.of(standard));
  }

  static Setting secret(String key) {
    return of(key, ValueType.PASSWORD, null);
  }

  static Setting plugin(String key, Class<?> plugin) {
    return of(key, new Shape(ValueType.CLASS, null, false, plugin, Rule.ANY));
  }

  /** A plug-in whose default is a class that is not built yet. */
  static Setting className(String key, String standard) {
    return of(key, ValueType.CLASS, standard);
  }

  static Setting plugins(String key, Class<?> plugin, Class<?>... standard) {
    return of(key, new Shape(ValueType.CLASSES, List.of(standard), false, plugin, Rule.ANY));
  }

  private static Setting of(String key, ValueType type, @Nullable Object standard) {
    return of(key, new Shape(type, standard, false, Object.class, Rule.ANY));
  }

  private static Setting of(String key, Shape shape) {
    return new Setting(key, shape, Importance.LOW, new Support(true, List.of()), "", "");
  }

  Setting required() {
    return with(new Shape(shape.type, null, true, shape.plugin, shape.rule));
  }

  Setting rule(Rule rule) {
    return with(new Shape(shape.type, shape.standard, shape.required, shape.plugin, rule));
  }

  private Setting with(Shape changed) {
    return new Setting(key, changed, importance, support, doc, unset);
  }

  Setting low() {
    return with(Importance.LOW);
  }

  Setting medium() {
    return with(Importance.MEDIUM);
  }

  Setting high() {
    return with(Importance.HIGH);
  }

  private Setting with(Importance changed) {
    return new Setting(key, shape, changed, support, doc, unset);
  }

  Setting doc(String text) {
    return new Setting(key, shape, importance, support, text, unset);
  }

  /** Where nothing is given, more holds than the default says. */
  Setting unset(String words) {
    return new Setting(key, shape, importance, support, doc, words);
  }

  /**
   * Only the default may be given, and values that ask for nothing that is not built.
   *
   * @param harmless the latter, as the type has them
   */
  Setting notBuilt(Object... harmless) {
    return new Setting(key, shape, importance, new Support(false, List.of(harmless)), doc, unset);
  }
}
