package dev.freshet.write.edge.http;

import dev.freshet.write.edge.PurgeReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** What the status of an answer means, whoever answers. A provider that means something else by one looks at it first. */
public final class StatusMeaning {
    private final InstantSource clock;
    private final Function<HttpAnswer, Optional<Duration>> delayInBody;

    public StatusMeaning(InstantSource clock) {
        this(clock, answer -> Optional.empty());
    }

    /**
     * @param delayInBody what a body says of the wait for a limit; asked where no header does
     */
    public StatusMeaning(InstantSource clock, Function<HttpAnswer, Optional<Duration>> delayInBody) {
        this.clock = clock;
        this.delayInBody = delayInBody;
    }

    /**
     * What an answer means.
     *
     * @param taken reads one of 2xx, which alone does not say that the provider took all of it
     */
    public PurgeReply of(HttpAnswer answer, Function<HttpAnswer, PurgeReply> taken) {
        Instant now = clock.instant();
        int status = answer.status();
        return switch (status) {
            case 401, 403 -> new PurgeReply.Shut(answer.says());
            case 413 -> new PurgeReply.TooLarge(answer.says());
            case 429 -> new PurgeReply.Limited(limit(answer, now), answer.says());
            case 408 -> failed(answer, now);
            default ->
                switch (status / 100) {
                    case 2 -> taken.apply(answer);
                    case 4 -> new PurgeReply.Refused(answer.says());
                    // A server's fault, or a redirection: neither says that it will never take the call.
                    default -> failed(answer, now);
                };
        };
    }

    /** Of one that should be a JSON object and is none. */
    public static PurgeReply unreadable(HttpAnswer answer) {
        return new PurgeReply.Failed(Duration.ZERO, answer.says("what cannot be read: " + answer.body()));
    }

    private Duration limit(HttpAnswer answer, Instant now) {
        return AskedDelay.byHeaders(answer, now)
                .or(() -> delayInBody.apply(answer).map(AskedDelay::shortened))
                .orElse(Duration.ZERO);
    }

    private static PurgeReply failed(HttpAnswer answer, Instant now) {
        return new PurgeReply.Failed(AskedDelay.retryAfter(answer, now).orElse(Duration.ZERO), answer.says());
    }
}
