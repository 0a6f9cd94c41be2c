package dev.freshet.sidecar.demo.edge;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a server said.
 *
 * @param headers by name in lower case; of several of one name, all their values with commas between them
 */
public record Reply(int status, Map<String, String> headers, String body) {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_MODIFIED = 304;

    private static final Set<String> NOT_TO_BE_SHARED = Set.of("no-store", "no-cache", "private");

    public Reply {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    Optional<String> etag() {
        return header("etag");
    }

    Set<String> tags() {
        return words(header("xkey").orElse(""));
    }

    /** Splits at spaces and commas. */
    static Set<String> words(String text) {
        return Arrays.stream(text.split("[ ,]+"))
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean isUnchanged() {
        return status == NOT_MODIFIED;
    }

    /** How long a shared cache may give it away; zero: not even once. */
    Duration lifetime() {
        var directives = Arrays.stream(header("cache-control")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .split(","))
                .map(String::strip)
                .toList();
        boolean forAll =
                (status == OK || status == NOT_FOUND) && directives.stream().noneMatch(NOT_TO_BE_SHARED::contains);
        return forAll
                ? seconds(directives, "s-maxage=")
                        .or(() -> seconds(directives, "max-age="))
                        .orElse(Duration.ZERO)
                : Duration.ZERO;
    }

    private static Optional<Duration> seconds(List<String> directives, String name) {
        return directives.stream()
                .filter(directive -> directive.matches(name + "[0-9]{1,9}"))
                .map(directive -> Duration.ofSeconds(Long.parseLong(directive.substring(name.length()))))
                .findFirst();
    }
}
