package dev.freshet.write.edge.cloudfront;

import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.http.HttpAnswer;
import dev.freshet.write.edge.http.StatusMeaning;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;

/** What a call that CloudFront did not take means for the purge: by the error's code, or else by the status. */
final class FailedCall {
    /** Until some of what is in progress may be done: nineteen in twenty are within 25 s, and CloudFront does not say. */
    static final Duration WHILE_IN_PROGRESS = Duration.ofSeconds(5);

    private static final int LONGEST_REASON = 200;

    /** Whatever their status. */
    private static final Set<String> SHUT = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "InvalidClientTokenId",
            "InvalidSignature",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "NotAuthorized",
            "OptInRequired",
            "RequestExpired",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException",
            // A distribution that is not there is a mistake of the file: what was asked of it waits for whoever mends
            // that.
            "NoSuchDistribution");

    private final String host;
    private final StatusMeaning meaning;

    /** @param host that was called, for reasons */
    FailedCall(String host, InstantSource clock) {
        this.host = host;
        this.meaning = new StatusMeaning(clock);
    }

    /** Of one that could not be made, as there is nobody to make it for. */
    PurgeReply withoutCredentials(SdkException e) {
        return new PurgeReply.Shut(unanswered(e));
    }

    /** Of one that was answered by somebody who is not CloudFront. */
    PurgeReply unreadable() {
        return new PurgeReply.Failed(Duration.ZERO, host + " answered what cannot be read");
    }

    PurgeReply reply(SdkException e) {
        return e instanceof AwsServiceException refusal && refusal.awsErrorDetails() != null
                ? reply(refusal, refusal.awsErrorDetails())
                : new PurgeReply.Failed(Duration.ZERO, unanswered(e));
    }

    private PurgeReply reply(AwsServiceException e, AwsErrorDetails details) {
        String code = Optional.ofNullable(details.errorCode()).orElse("");
        HttpAnswer answer = new HttpAnswer(
                host,
                e.statusCode(),
                headers(details.sdkHttpResponse()),
                code + " " + firstLine(details.errorMessage()));
        if (code.equals("TooManyInvalidationsInProgress")) {
            return new PurgeReply.Limited(WHILE_IN_PROGRESS, answer.says());
        }
        if (code.equals("BatchTooLarge")) {
            return new PurgeReply.TooLarge(answer.says());
        }
        if (SHUT.contains(code)) {
            return new PurgeReply.Shut(answer.says());
        }
        return e.isThrottlingException() && e.statusCode() != 429
                ? new PurgeReply.Limited(Duration.ZERO, answer.says())
                : meaning.of(answer, StatusMeaning::unreadable);
    }

    private static HttpHeaders headers(@Nullable SdkHttpResponse response) {
        return HttpHeaders.of(response == null ? Map.of() : response.headers(), (name, value) -> true);
    }

    private String unanswered(SdkException e) {
        String line = firstLine(e.getMessage());
        return host + ": " + (line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) : line);
    }

    /** What is refused for its signature is quoted below it, with the session's token. */
    private static String firstLine(@Nullable String text) {
        return Optional.ofNullable(text)
                .flatMap(message -> message.lines().findFirst())
                .orElse("");
    }
}
