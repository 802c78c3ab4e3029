package io.millstream.simulation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a test that it shows the effect of settings of the producer, not merely that they are
 * parsed; {@link SettingsWithEffectTest} asks for one of each.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ShowsEffectOf {

  /** The keys. */
  String[] value();
}
