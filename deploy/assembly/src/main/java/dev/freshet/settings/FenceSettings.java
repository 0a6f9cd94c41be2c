package dev.freshet.settings;

import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * How long versions outlive what they fence: {@code fence}.
 *
 * @param window how long a removed entry's version is kept, so that no replay and no slow fill brings it back; default 15m,
 *     longer than a restart with its replay takes
 */
public record FenceSettings(Duration window) {
    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final FenceSettings DEFAULT = new FenceSettings(Duration.ofMinutes(15));

    public FenceSettings {
        Require.that(window.compareTo(SHORTEST) >= 0, "a window is at least one second");
    }

    /** Empty where something is wrong, which is reported. */
    static Optional<FenceSettings> read(Section fence) {
        Optional<Duration> window = fence.optional(
                "window",
                Kind.DURATION.within(
                        duration -> duration.compareTo(SHORTEST) >= 0, "a duration of at least 1s, such as 15m"));
        fence.finish();
        return fence.ifSound(() -> window.map(FenceSettings::new).orElse(DEFAULT));
    }
}
