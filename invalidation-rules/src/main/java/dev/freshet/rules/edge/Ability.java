package dev.freshet.rules.edge;

import java.util.Optional;

/**
 * That an edge can purge by names of one kind.
 *
 * @param perCall most names in one call to its provider
 * @param soft whether it can leave the old object to be served until the new one is there
 * @param needs a key of the edge that must stand for it; empty: none
 */
public record Ability(int perCall, boolean soft, Optional<String> needs) {
    static Ability hard(int perCall) {
        return new Ability(perCall, false, Optional.empty());
    }

    static Ability softOrHard(int perCall) {
        return new Ability(perCall, true, Optional.empty());
    }

    Ability needing(String key) {
        return new Ability(perCall, soft, Optional.of(key));
    }
}
