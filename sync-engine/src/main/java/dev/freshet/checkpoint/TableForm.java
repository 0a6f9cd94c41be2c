package dev.freshet.checkpoint;

/**
 * What a table was like when its rows were last known to be in the cache as they are.
 *
 * @param text in the source's words
 */
public record TableForm(String text) {}
