/** An application on the module path: it needs nothing but the client. */
module io.millstream.check {
  requires io.millstream.client.core;
}
