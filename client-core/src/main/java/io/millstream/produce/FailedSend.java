package io.millstream.produce;

import io.millstream.clients.producer.RecordMetadata;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The future of a record that could not even be taken over.
 *
 * @param exception why
 */
public record FailedSend(RuntimeException exception) implements Future<RecordMetadata> {

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return false;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public boolean isDone() {
    return true;
  }

  @Override
  public RecordMetadata get() throws ExecutionException {
    throw new ExecutionException(exception);
  }

  @Override
  public RecordMetadata get(long timeout, TimeUnit unit) throws ExecutionException {
    throw new ExecutionException(exception);
  }
}
