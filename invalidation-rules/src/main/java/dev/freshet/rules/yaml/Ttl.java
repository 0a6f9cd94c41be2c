package dev.freshet.rules.yaml;

import java.time.Duration;
import java.util.Optional;

/**
 * What {@code ttl} says.
 *
 * @param duration empty: {@code none}, the entry stays until it is removed
 */
record Ttl(Optional<Duration> duration) {
    static final Ttl NONE = new Ttl(Optional.empty());

    static final Kind<Ttl> KIND = text -> text.equals("none")
            ? Answer.is(NONE)
            : switch (Kind.DURATION.read(text)) {
                case Answer.Is<Duration>(Duration duration) -> Answer.is(new Ttl(Optional.of(duration)));
                case Answer.IsNot<Duration>(String expected, Optional<String> nearest) ->
                    Answer.isNot(expected.replace("30s", "24h") + ", or none");
                case Answer.Refused<Duration>(Code code, String message) -> new Answer.Refused<>(code, message);
            };
}
