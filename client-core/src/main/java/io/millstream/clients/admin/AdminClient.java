package io.millstream.clients.admin;

/** The older name of {@link Admin}, kept for programs that use it. */
public abstract class AdminClient implements Admin {

  /** For subclasses. */
  public AdminClient() {}
}
