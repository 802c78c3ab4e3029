package io.millstream.common.metrics;

import io.millstream.common.KafkaException;
import io.millstream.common.MetricName;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The metrics of one group and one set of tags as an MBean. Its attributes are those of the metrics
 * there are when it is asked. Any thread may ask; one at a time changes it.
 */
final class MetricsBean implements DynamicMBean {

  private static final Pattern PLAIN = Pattern.compile("[-\\w%. \t]*");

  /** Who holds a name now: of two clients with the same name, the one that came last. */
  private static final Map<ObjectName, MetricsBean> HOLDERS = new ConcurrentHashMap<>();

  private final ObjectName name;
  private final Map<String, KafkaMetric> metrics = new ConcurrentSkipListMap<>();
  private boolean shown;

  MetricsBean(String name) {
    try {
      this.name = new ObjectName(name);
    } catch (JMException e) {
      throw new KafkaException("No MBean can have the name " + name, e);
    }
  }

  static String nameOf(String domain, MetricName metric) {
    StringBuilder text = new StringBuilder(domain).append(":type=").append(metric.group());
    metric
        .tags()
        .forEach(
            (tag, value) -> {
              if (!tag.isEmpty() && !value.isEmpty()) {
                text.append(',').append(tag).append('=').append(quoted(value));
              }
            });
    return text.toString();
  }

  private static String quoted(String value) {
    return PLAIN.matcher(value).matches() ? value : ObjectName.quote(value);
  }

  void put(KafkaMetric metric) {
    metrics.put(metric.metricName().name(), metric);
  }

  /** Takes a metric away, and says whether none is left. */
  boolean remove(KafkaMetric metric) {
    metrics.remove(metric.metricName().name(), metric);
    return metrics.isEmpty();
  }

  /** Registers or unregisters it, where that is not done yet. */
  void show(boolean wanted) {
    if (wanted == shown) {
      return;
    }
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      if (wanted) {
        register(server);
      } else if (HOLDERS.remove(name, this)) {
        server.unregisterMBean(name);
      }
      shown = wanted;
    } catch (InstanceNotFoundException gone) {
      // Somebody else has taken it away.
      shown = false;
    } catch (JMException e) {
      throw new KafkaException("The MBean " + name + " cannot be changed", e);
    }
  }

  private void register(MBeanServer server) throws JMException {
    if (HOLDERS.put(name, this) != null) {
      server.unregisterMBean(name);
    }
    try {
      server.registerMBean(this, name);
    } catch (InstanceAlreadyExistsException e) {
      HOLDERS.remove(name, this);
      throw e;
    }
  }

  @Override
  public Object getAttribute(String attribute) throws AttributeNotFoundException {
    KafkaMetric metric = metrics.get(attribute);
    if (metric == null) {
      throw new AttributeNotFoundException(name + " has no attribute " + attribute);
    }
    return metric.metricValue();
  }

  @Override
  public AttributeList getAttributes(String[] attributes) {
    AttributeList values = new AttributeList();
    for (String attribute : attributes) {
      KafkaMetric metric = metrics.get(attribute);
      if (metric != null) {
        values.add(new Attribute(attribute, metric.metricValue()));
      }
    }
    return values;
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    MBeanAttributeInfo[] attributes =
        metrics.values().stream().map(MetricsBean::attribute).toArray(MBeanAttributeInfo[]::new);
    return new MBeanInfo(
        MetricsBean.class.getName(), "Metrics of a Kafka client", attributes, null, null, null);
  }

  private static MBeanAttributeInfo attribute(KafkaMetric metric) {
    MetricName named = metric.metricName();
    // Nearly all are numbers, and the others show what they are when they are read.
    return new MBeanAttributeInfo(
        named.name(), double.class.getName(), named.description(), true, false, false);
  }

  @Override
  public void setAttribute(Attribute attribute) {
    throw new UnsupportedOperationException("Metrics are only read");
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    throw new UnsupportedOperationException("Metrics are only read");
  }

  @Override
  public Object invoke(String action, Object[] parameters, String[] signature) {
    throw new UnsupportedOperationException("Metrics are only read");
  }
}
