package dev.freshet.checkpoint;

/**
 * Somebody asks for everything to be read again, as after a gap.
 *
 * @param id tells this one from others
 */
public record ResyncRequest(String id) {}
