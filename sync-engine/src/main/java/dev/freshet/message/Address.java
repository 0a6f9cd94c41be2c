package dev.freshet.message;

/**
 * To whom a message goes. Messages to one address arrive in their order.
 *
 * @param place a topic of a broker, or a channel of a cache, by its whole name
 * @param key what the message is about
 */
public record Address(String place, String key) {}
