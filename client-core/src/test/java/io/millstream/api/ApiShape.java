package io.millstream.api;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what can be seen of a class of ours with the class of the same name in Apache's. */
final class ApiShape {

  private static final String OURS = "io.millstream.";
  private static final String THEIRS = "org.apache.kafka.";
  private static final int CLASS_MODIFIERS =
      Modifier.PUBLIC
          | Modifier.PROTECTED
          | Modifier.ABSTRACT
          | Modifier.FINAL
          | Modifier.STATIC
          | Modifier.INTERFACE;
  private static final int MEMBER_MODIFIERS =
      Modifier.PUBLIC
          | Modifier.PROTECTED
          | Modifier.ABSTRACT
          | Modifier.FINAL
          | Modifier.STATIC
          | Modifier.VOLATILE
          | Modifier.TRANSIENT;

  /** Without {@code volatile} and {@code transient}, which mean bridge and varargs for methods. */
  private static final int METHOD_MODIFIERS =
      MEMBER_MODIFIERS & ~Modifier.VOLATILE & ~Modifier.TRANSIENT;

  private ApiShape() {}

  /** Returns the class of the same name in Apache's client, null where there is none. */
  static @Nullable Class<?> counterpart(Class<?> ours) {
    try {
      return Class.forName(
          ours.getName().replace(OURS, THEIRS), false, ApiShape.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  static void compare(
      Class<?> ours, Class<?> theirs, Set<String> ownMembers, List<String> differences) {
    Report report = new Report(ours.getName(), ownMembers, differences);
    report.compare(
        "modifiers",
        Modifier.toString(ours.getModifiers() & CLASS_MODIFIERS),
        Modifier.toString(theirs.getModifiers() & CLASS_MODIFIERS));
    report.compare("type parameters", typeParameters(ours), typeParameters(theirs));
    report.compare(
        "superclass", name(ours.getGenericSuperclass()), name(theirs.getGenericSuperclass()));
    report.compare(
        "interfaces", names(ours.getGenericInterfaces()), names(theirs.getGenericInterfaces()));
    fields(ours, theirs, report);
    constructors(ours, theirs, report);
    methods(ours, theirs, report);
  }

  private static void fields(Class<?> ours, Class<?> theirs, Report report) {
    for (Field field : ours.getDeclaredFields()) {
      if (!isVisible(field.getModifiers()) || field.isSynthetic()) {
        continue;
      }
      Field other = findField(theirs, field.getName());
      if (other == null) {
        report.missing(field.getName());
        continue;
      }
      report.compare(
          field.getName() + " modifiers",
          Modifier.toString(field.getModifiers() & MEMBER_MODIFIERS),
          Modifier.toString(other.getModifiers() & MEMBER_MODIFIERS));
      report.compare(
          field.getName() + " type", name(field.getGenericType()), name(other.getGenericType()));
      // What a setting does is said in words of our own.
      if (Modifier.isStatic(field.getModifiers()) && !field.getName().endsWith("_DOC")) {
        report.compare(field.getName() + " value", value(field), value(other));
      }
    }
  }

  private static @Nullable Field findField(Class<?> type, String name) {
    for (Class<?> each : supertypes(type)) {
      for (Field field : each.getDeclaredFields()) {
        if (field.getName().equals(name) && isVisible(field.getModifiers())) {
          return field;
        }
      }
    }
    return null;
  }

  /** Values of other types than these say nothing as texts. */
  private static String value(Field field) {
    try {
      if (!field.trySetAccessible()) {
        return "";
      }
      Object value = field.get(null);
      return value == null
              || value instanceof String
              || value instanceof Number
              || value instanceof Boolean
              || value instanceof Collection
              || value instanceof Enum
          ? String.valueOf(value).replace(THEIRS, OURS)
          : "";
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void constructors(Class<?> ours, Class<?> theirs, Report report) {
    for (Constructor<?> constructor : ours.getDeclaredConstructors()) {
      if (!isVisible(constructor.getModifiers()) || constructor.isSynthetic()) {
        continue;
      }
      String signature = "new" + names(constructor.getParameterTypes());
      Constructor<?> other =
          Arrays.stream(theirs.getDeclaredConstructors())
              .filter(each -> isVisible(each.getModifiers()))
              .filter(each -> signature.equals("new" + names(each.getParameterTypes())))
              .findFirst()
              .orElse(null);
      if (other == null) {
        report.missing(signature);
      } else {
        executable(signature, constructor, other, report);
      }
    }
  }

  private static void methods(Class<?> ours, Class<?> theirs, Report report) {
    for (Method method : ours.getDeclaredMethods()) {
      if (!isVisible(method.getModifiers()) || method.isSynthetic()) {
        continue;
      }
      String signature = method.getName() + names(method.getParameterTypes());
      Method other = findMethod(theirs, signature);
      if (other == null) {
        report.missing(signature);
        continue;
      }
      executable(signature, method, other, report);
      report.compare(
          signature + " returns",
          name(method.getGenericReturnType()),
          name(other.getGenericReturnType()));
      report.compare(
          signature + " is default",
          String.valueOf(method.isDefault()),
          String.valueOf(other.isDefault() && !isOverriding(method, other)));
    }
  }

  /** A class may override what the other inherits. */
  private static boolean isOverriding(Method method, Method other) {
    return !method.getDeclaringClass().isInterface() && other.getDeclaringClass().isInterface();
  }

  private static @Nullable Method findMethod(Class<?> type, String signature) {
    for (Class<?> each : supertypes(type)) {
      for (Method method : each.getDeclaredMethods()) {
        if (isVisible(method.getModifiers())
            && !method.isSynthetic()
            && signature.equals(method.getName() + names(method.getParameterTypes()))) {
          return method;
        }
      }
    }
    return null;
  }

  private static void executable(
      String signature, Executable ours, Executable theirs, Report report) {
    boolean inherited = !name(theirs.getDeclaringClass()).equals(name(ours.getDeclaringClass()));
    if (!inherited) {
      report.compare(
          signature + " modifiers",
          Modifier.toString(ours.getModifiers() & METHOD_MODIFIERS),
          Modifier.toString(theirs.getModifiers() & METHOD_MODIFIERS));
      report.compare(
          signature + " parameters",
          names(ours.getGenericParameterTypes()),
          names(theirs.getGenericParameterTypes()));
      report.compare(
          signature + " is varargs",
          String.valueOf(ours.isVarArgs()),
          String.valueOf(theirs.isVarArgs()));
    }
    report.compare(signature + " type parameters", typeParameters(ours), typeParameters(theirs));
    report.compare(signature + " throws", checked(ours), checked(theirs));
  }

  private static String checked(Executable executable) {
    Set<String> names = new TreeSet<>();
    for (Class<?> type : executable.getExceptionTypes()) {
      if (!RuntimeException.class.isAssignableFrom(type) && !Error.class.isAssignableFrom(type)) {
        names.add(name(type));
      }
    }
    return names.toString();
  }

  private static boolean isVisible(int modifiers) {
    return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
  }

  /** Returns the class, its superclasses and all interfaces, the nearest first. */
  private static Set<Class<?>> supertypes(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    Deque<Class<?>> next = new ArrayDeque<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      all.add(each);
      next.addAll(List.of(each.getInterfaces()));
    }
    while (!next.isEmpty()) {
      Class<?> each = next.poll();
      all.add(each);
      next.addAll(List.of(each.getInterfaces()));
    }
    all.add(Object.class);
    return all;
  }

  private static String typeParameters(GenericDeclaration declaration) {
    StringBuilder text = new StringBuilder();
    for (TypeVariable<?> variable : declaration.getTypeParameters()) {
      text.append(variable.getName()).append(" extends ").append(names(variable.getBounds()));
    }
    return text.toString();
  }

  private static String names(Type[] types) {
    return "(" + String.join(",", Arrays.stream(types).map(ApiShape::name).toList()) + ")";
  }

  private static String name(@Nullable Type type) {
    return type == null ? "none" : type.getTypeName().replace(THEIRS, OURS);
  }

  /** Collects differences of one class. */
  private record Report(String type, Set<String> ownMembers, List<String> differences) {

    void missing(String member) {
      if (!ownMembers.contains(type + "." + member)) {
        differences.add(type + "." + member + " does not exist in Apache's");
      }
    }

    void compare(String what, String ours, String theirs) {
      if (!Objects.equals(ours, theirs)) {
        differences.add("%s: %s: %s, Apache's: %s".formatted(type, what, ours, theirs));
      }
    }
  }
}
