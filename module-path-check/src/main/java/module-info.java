/** An application on the module path: it needs nothing but the client. */
module io.millstream.check {
  requires io.millstream.client.core;
  requires static org.jspecify;

  opens io.millstream.check.plugins to
      io.millstream.client.core;
}
