package dev.freshet.sidecar.demo;

import java.util.Locale;

/** What is killed once while the demo runs. */
enum Victim {
    CACHE,
    FRESHET;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
