package io.millstream.protocol;

/**
 * What a client sends.
 *
 * @param <R> what a broker answers
 */
public interface ApiRequest<R extends ApiResponse> extends ApiMessage {}
