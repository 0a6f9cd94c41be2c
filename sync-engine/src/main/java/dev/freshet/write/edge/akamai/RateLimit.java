package dev.freshet.write.edge.akamai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.write.edge.http.HttpAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What Akamai says of a limit that a call was beyond. It has two buckets, of requests and of objects, and names what each holds. */
final class RateLimit {
    /** Where nothing says more: what its documentation advises. */
    private static final Duration ADVISED = Duration.ofSeconds(5);

    private RateLimit() {}

    /** Until both buckets hold what the call takes. */
    static Optional<Duration> wait(HttpAnswer answer) {
        double objects = answer.json()
                .map(json -> json.path("rateLimitCurrentRequestSize"))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asDouble)
                .orElse(1.0);
        return Stream.of(filled(answer, "", 1), filled(answer, "-Objects", objects))
                .flatMap(Optional::stream)
                .max(Duration::compareTo)
                .or(() -> Optional.of(ADVISED));
    }

    /** Empty where the bucket holds that much, or nothing says. */
    private static Optional<Duration> filled(HttpAnswer answer, String bucket, double wanted) {
        Optional<Double> held = number(answer, "X-Ratelimit-Remaining" + bucket);
        Optional<Double> perSecond = number(answer, "X-Ratelimit-Limit-Per-Second" + bucket);
        return held.flatMap(there ->
                perSecond.filter(rate -> rate > 0 && there < wanted).map(rate -> seconds((wanted - there) / rate)));
    }

    private static Duration seconds(double count) {
        return Duration.ofMillis((long) Math.ceil(count * 1_000));
    }

    private static Optional<Double> number(HttpAnswer answer, String header) {
        return answer.header(header)
                .filter(text -> text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?"))
                .map(Double::valueOf);
    }
}
