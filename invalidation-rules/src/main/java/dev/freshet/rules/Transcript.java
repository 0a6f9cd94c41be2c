package dev.freshet.rules;

/**
 * What rules say and the tables that they were read against, as one text: for where their files are not at hand. Rules hold no
 * secrets, so neither does it.
 */
public record Transcript(String text) {}
