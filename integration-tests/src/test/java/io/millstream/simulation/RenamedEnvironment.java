package io.millstream.simulation;

import io.millstream.network.Clock;
import io.millstream.network.Environment;
import io.millstream.network.EventLoop;
import io.millstream.network.NameResolver;
import io.millstream.network.Transport;
import io.millstream.network.Waiting;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** A world in which a test says where names lead. */
record RenamedEnvironment(Environment real, Map<String, String> names) implements Environment {

  /** An empty name leads nowhere; a name that is not in the map is left as it is. */
  RenamedEnvironment(Environment real) {
    this(real, new LinkedHashMap<>());
  }

  @Override
  public NameResolver resolver() {
    return host -> {
      String name = names.getOrDefault(host, host);
      if (name.isEmpty()) {
        throw new UnknownHostException(host);
      }
      return real.resolver().resolve(name);
    };
  }

  @Override
  public Clock clock() {
    return real.clock();
  }

  @Override
  public Transport transport() {
    return real.transport();
  }

  @Override
  public RandomGenerator random() {
    return real.random();
  }

  @Override
  public Executor helpers() {
    return real.helpers();
  }

  @Override
  public Waiting waiting() {
    return real.waiting();
  }

  @Override
  public void drive(EventLoop loop, String name) {
    real.drive(loop, name);
  }
}
