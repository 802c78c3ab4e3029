package io.millstream.testing.simulation;

import io.millstream.network.Clock;
import io.millstream.network.Environment;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import io.millstream.network.NameResolver;
import io.millstream.network.Transport;
import io.millstream.network.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** The world as one client sees it. Helpers run between two steps of the event loops. */
final class SimulatedEnvironment implements Environment {

  private static final int LONGEST_HELP_NANOS = 2_000_000;

  private final Simulation simulation;
  private final String name;
  private final Transport transport;
  private final List<EventLoop> loops = new ArrayList<>();
  private final SplittableRandom random;

  SimulatedEnvironment(Simulation simulation, String name, SplittableRandom random) {
    this.simulation = simulation;
    this.name = name;
    this.transport = simulation.network().transport(name);
    this.random = random;
  }

  String name() {
    return name;
  }

  /** Returns the event loops that were started in this environment. */
  List<EventLoop> loops() {
    return loops;
  }

  private final class DrivingGate implements Gate {

    @Override
    public boolean await(BooleanSupplier condition, long deadlineNanos)
        throws InterruptedException {
      while (!condition.getAsBoolean()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (!simulation.turn(deadlineNanos)) {
          return condition.getAsBoolean();
        }
      }
      return true;
    }

    @Override
    public void open() {
      // Whoever waits looks at its condition after each step anyway.
    }
  }

  @Override
  public Clock clock() {
    return simulation.clock();
  }

  @Override
  public Transport transport() {
    return transport;
  }

  @Override
  public NameResolver resolver() {
    return simulation.network()::resolve;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Executor helpers() {
    return task -> simulation.later(simulation.network().delay(LONGEST_HELP_NANOS), task);
  }

  @Override
  public Waiting waiting() {
    return DrivingGate::new;
  }

  @Override
  public void drive(EventLoop loop, String threadName) {
    loops.add(loop);
    simulation.drive(loop);
  }
}
