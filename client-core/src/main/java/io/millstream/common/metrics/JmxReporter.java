package io.millstream.common.metrics;

import io.millstream.common.config.ConfigException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Shows metrics as attributes of MBeans: {@code kafka.producer:type=GROUP,TAG=VALUE,…}, as Kafka's
 * own client does. Nothing is computed while no attribute is read. Any thread may use it.
 */
public class JmxReporter implements MetricsReporter {

  /** Begins the keys of its settings. */
  public static final String METRICS_CONFIG_PREFIX = "metrics.jmx.";

  /** Pattern of the names of MBeans that are not shown. */
  public static final String EXCLUDE_CONFIG = METRICS_CONFIG_PREFIX + "exclude";

  /** Pattern of the names of MBeans that are shown. */
  public static final String INCLUDE_CONFIG = METRICS_CONFIG_PREFIX + "include";

  /** The settings that may change while it is in use. */
  public static final Set<String> RECONFIGURABLE_CONFIGS = Set.of(INCLUDE_CONFIG, EXCLUDE_CONFIG);

  /** All are shown. */
  public static final String DEFAULT_INCLUDE = ".*";

  /** None is left out. */
  public static final String DEFAULT_EXCLUDE = "";

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, MetricsBean> beans = new HashMap<>();
  private String domain = "";
  private Predicate<String> shown = name -> true;
  private boolean closed;

  /** Creates a reporter whose client tells it, by its context, the domain of the names. */
  public JmxReporter() {}

  @Override
  public void configure(Map<String, ?> configs) {
    reconfigure(configs);
  }

  @Override
  public Set<String> reconfigurableConfigs() {
    return RECONFIGURABLE_CONFIGS;
  }

  @Override
  public void validateReconfiguration(Map<String, ?> configs) throws ConfigException {
    compilePredicate(configs);
  }

  @Override
  public void reconfigure(Map<String, ?> configs) {
    Predicate<String> wanted = compilePredicate(configs);
    lock.lock();
    try {
      shown = wanted;
      beans.forEach((name, bean) -> bean.show(wanted.test(name)));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void contextChange(MetricsContext metricsContext) {
    String namespace = metricsContext.contextLabels().get(MetricsContext.NAMESPACE);
    lock.lock();
    try {
      if (namespace != null) {
        domain = namespace;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void init(List<KafkaMetric> metrics) {
    metrics.forEach(this::metricChange);
  }

  @Override
  public void metricChange(KafkaMetric metric) {
    lock.lock();
    try {
      if (!closed) {
        String name = MetricsBean.nameOf(domain, metric.metricName());
        MetricsBean bean = beans.computeIfAbsent(name, MetricsBean::new);
        bean.put(metric);
        bean.show(shown.test(name));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void metricRemoval(KafkaMetric metric) {
    lock.lock();
    try {
      String name = MetricsBean.nameOf(domain, metric.metricName());
      MetricsBean bean = beans.get(name);
      if (bean != null && bean.remove(metric)) {
        bean.show(false);
        beans.remove(name);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says whether there is an MBean of a name, shown or not.
   *
   * @param mbeanName its name as a text
   * @return whether there is one
   */
  public boolean containsMbean(String mbeanName) {
    lock.lock();
    try {
      return beans.containsKey(mbeanName);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      beans.values().forEach(bean -> bean.show(false));
      beans.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns which MBeans are shown by a configuration.
   *
   * @param configs may have both patterns
   * @return true for a name that is shown
   * @throws ConfigException if one of them is no pattern
   */
  public static Predicate<String> compilePredicate(Map<String, ?> configs) {
    Pattern included = pattern(configs, INCLUDE_CONFIG, DEFAULT_INCLUDE);
    Pattern excluded = pattern(configs, EXCLUDE_CONFIG, DEFAULT_EXCLUDE);
    return name -> included.matcher(name).matches() && !excluded.matcher(name).matches();
  }

  private static Pattern pattern(Map<String, ?> configs, String key, String standard) {
    Object given = configs.get(key);
    try {
      return Pattern.compile(given == null ? standard : given.toString());
    } catch (PatternSyntaxException e) {
      throw new ConfigException("%s = %s is no pattern: %s".formatted(key, given, e.getMessage()));
    }
  }
}
