package io.millstream.faults;

import io.millstream.testing.BrokerProcess;

/** What can befall a broker, and how it is made good again. */
enum Fault {
  /** Killed as by a power cut; starts again with its data. */
  KILLED {
    @Override
    void strike(BrokerProcess broker) {
      broker.killHard();
    }

    @Override
    void heal(BrokerProcess broker) {
      broker.start();
    }
  },

  /** Stands still, as a virtual machine that is moved; goes on where it stood. */
  FROZEN {
    @Override
    void strike(BrokerProcess broker) {
      broker.freeze();
    }

    @Override
    void heal(BrokerProcess broker) {
      broker.resume();
    }
  },

  /** Out of the clients' reach, though it leads on; what was on its way arrives late. */
  CUT_OFF {
    @Override
    void strike(BrokerProcess broker) {
      broker.cutOff();
    }

    @Override
    void heal(BrokerProcess broker) {
      broker.reconnect();
    }
  },

  /** Loses all connections to clients at once, twice. */
  RESET {
    @Override
    void strike(BrokerProcess broker) {
      broker.resetConnections();
    }

    @Override
    void heal(BrokerProcess broker) {
      broker.resetConnections();
    }
  };

  abstract void strike(BrokerProcess broker);

  /** Blocks until the broker is there again. */
  abstract void heal(BrokerProcess broker);
}
