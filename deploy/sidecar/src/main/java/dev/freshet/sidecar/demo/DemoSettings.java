package dev.freshet.sidecar.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * How the demo runs.
 *
 * @param length how long traffic lasts; empty: until it is interrupted
 * @param rate commits a second, of all writers together
 */
record DemoSettings(
        Optional<Duration> length, boolean json, Optional<Victim> victim, int writers, int readers, int rate) {
    private static final Duration LATEST_BREAK = Duration.ofSeconds(10);

    /** Traffic before the victim is killed: half of it all, and never more than ten seconds. */
    Duration untilBreak() {
        return length.map(all -> all.dividedBy(2))
                .filter(half -> half.compareTo(LATEST_BREAK) < 0)
                .orElse(LATEST_BREAK);
    }
}
