package io.millstream.examples;

/**
 * One line of a text, on its way through a topic.
 *
 * @param number from 1
 * @param key what decides its partition
 * @param text the line without its end
 */
record Line(int number, String key, String text) {}
