package dev.freshet.write.edge.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For how long a server wants to be left alone, by the headers of its answer. */
final class AskedDelay {
    /** Nobody is left alone for longer, whatever the server says: to ask again does no harm, a wrong clock would. */
    static final Duration LONGEST = Duration.ofHours(1);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");
    /** One limit of {@code "default";r=50;t=30, "burst";r=0;t=5}: what remains, and seconds until there is more. */
    private static final Pattern REMAINING = Pattern.compile(";\\s*r=([0-9]{1,18})");

    private static final Pattern RESET = Pattern.compile(";\\s*t=([0-9]{1,18})");
    /** A count of seconds this large is a moment: it counts from 1970. */
    private static final long A_MOMENT = 1_000_000_000;

    private AskedDelay() {}

    /** What {@code Retry-After} says, in seconds or as a date; empty where it stands nowhere or cannot be read. */
    static Optional<Duration> retryAfter(HttpAnswer answer, Instant now) {
        return answer.header("Retry-After")
                .map(String::strip)
                .flatMap(text -> SECONDS.matcher(text).matches()
                        ? Optional.of(seconds(Long.parseLong(text)))
                        : date(text).map(moment -> until(moment, now)));
    }

    /** What any header says of it. */
    static Optional<Duration> byHeaders(HttpAnswer answer, Instant now) {
        return retryAfter(answer, now)
                .or(() -> count(answer, "Fastly-RateLimit-Reset").map(moment -> untilEpoch(moment, now)))
                .or(() -> answer.header("Ratelimit").flatMap(AskedDelay::spentLimit))
                .or(() -> count(answer, "RateLimit-Reset")
                        .map(count -> count < A_MOMENT ? seconds(count) : untilEpoch(count, now)));
    }

    /** The longest wait for a limit that is spent, or for any where none says so. */
    private static Optional<Duration> spentLimit(String header) {
        List<Long> spent = new ArrayList<>();
        List<Long> all = new ArrayList<>();
        for (String limit : header.split(",")) {
            find(RESET, limit).ifPresent(reset -> {
                all.add(reset);
                if (find(REMAINING, limit).orElse(0) == 0) {
                    spent.add(reset);
                }
            });
        }
        return (spent.isEmpty() ? all : spent).stream().max(Long::compare).map(AskedDelay::seconds);
    }

    private static OptionalLong find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    private static Optional<Long> count(HttpAnswer answer, String header) {
        return answer.header(header)
                .map(String::strip)
                .filter(text -> SECONDS.matcher(text).matches())
                .map(Long::parseLong);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }

    private static Duration untilEpoch(long second, Instant now) {
        return seconds(Math.max(0, second - now.getEpochSecond()));
    }

    private static Duration until(Instant moment, Instant now) {
        return moment.isBefore(now) ? Duration.ZERO : shortened(Duration.between(now, moment));
    }

    private static Duration seconds(long count) {
        return shortened(Duration.ofSeconds(count));
    }

    static Duration shortened(Duration asked) {
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
