package io.millstream.settings;

import io.millstream.common.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plug-ins that are closed with their client. Where the client cannot be built, only those are
 * closed that were created for it. They are taken by one thread, any may close them.
 */
public final class OwnedPlugins {

  private static final Logger LOG = LoggerFactory.getLogger(OwnedPlugins.class);

  private final ParsedSettings settings;
  private final List<Object> owned = new ArrayList<>();
  private final List<Object> created = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Begins with none.
   *
   * @param settings where they are configured
   */
  public OwnedPlugins(ParsedSettings settings) {
    this.settings = settings;
  }

  /**
   * Returns a plug-in as {@link ParsedSettings#plugin(String, Class)} does, to be closed later.
   *
   * @return null where there is none
   * @throws ConfigException if it cannot be created
   */
  public <T> @Nullable T take(String key, Class<T> type) {
    return note(key, settings.plugin(key, type));
  }

  /**
   * Returns a plug-in as {@link ParsedSettings#plugin(String, Class, Consumer)} does, to be closed
   * later.
   *
   * @return null where there is none
   * @throws ConfigException if it cannot be created
   */
  public <T> @Nullable T take(String key, Class<T> type, Consumer<? super T> configure) {
    return note(key, settings.plugin(key, type, configure));
  }

  /**
   * Returns plug-ins as {@link ParsedSettings#plugins} does, to be closed later.
   *
   * @throws ConfigException if one cannot be created
   */
  public <T> List<T> takeAll(String key, Class<T> type) {
    List<T> all = settings.plugins(key, type);
    for (int i = 0; i < all.size(); i++) {
      note(all.get(i), settings.namesClass(key, i));
    }
    return all;
  }

  private <T> @Nullable T note(String key, @Nullable T plugin) {
    if (plugin != null) {
      note(plugin, settings.namesClass(key));
    }
    return plugin;
  }

  private void note(Object plugin, boolean isCreated) {
    owned.add(plugin);
    if (isCreated) {
      created.add(plugin);
    }
  }

  /** Closes those that were created, since their client could not be built. */
  public void giveUp() {
    created.forEach(this::close);
  }

  /** Closes all once, in the order in which they were taken; a failure is logged. */
  public void close() {
    if (closed.compareAndSet(false, true)) {
      owned.forEach(this::close);
    }
  }

  private void close(Object plugin) {
    if (plugin instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception | LinkageError e) {
        LOG.warn("{}: {} failed to close", settings.clientId(), plugin.getClass().getName(), e);
      }
    }
  }
}
