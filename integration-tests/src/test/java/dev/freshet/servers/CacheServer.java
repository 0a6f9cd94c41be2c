package dev.freshet.servers;

import java.net.URI;

/** A server that speaks the Redis protocol, with one node and no password unless its settings say otherwise. */
public interface CacheServer extends Server {
    default URI uri() {
        return URI.create("redis://%s:%d".formatted(host(), port()));
    }
}
