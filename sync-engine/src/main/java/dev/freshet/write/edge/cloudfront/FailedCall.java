package dev.freshet.write.edge.cloudfront;

import dev.freshet.write.edge.PurgeReply;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a call that CloudFront did not take means for the purge. */
final class FailedCall {
    /** Until some of what is in progress may be done: nine in ten are within 25 s, and CloudFront does not say. */
    static final Duration WHILE_IN_PROGRESS = Duration.ofSeconds(5);

    private static final int LONGEST_REASON = 200;

    /** Of statuses that say something else. */
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
            // A distribution that is not there is a mistake in the file: what was asked of it waits for whoever mends
            // that.
            "NoSuchDistribution");

    private FailedCall() {}

    static PurgeReply reply(SdkException e) {
        return e instanceof AwsServiceException refusal && refusal.awsErrorDetails() != null
                ? reply(refusal, refusal.awsErrorDetails())
                : new PurgeReply.Failed(Duration.ZERO, reason(e));
    }

    private static PurgeReply reply(AwsServiceException e, AwsErrorDetails details) {
        String code = Optional.ofNullable(details.errorCode()).orElse("");
        String reason = reason(e.statusCode(), code, details);
        if (code.equals("TooManyInvalidationsInProgress")) {
            return new PurgeReply.Limited(WHILE_IN_PROGRESS, reason);
        }
        if (e.isThrottlingException()) {
            return new PurgeReply.Limited(retryAfter(details), reason);
        }
        if (code.equals("BatchTooLarge") || e.statusCode() == 413) {
            return new PurgeReply.TooLarge(reason);
        }
        if (SHUT.contains(code) || e.statusCode() == 401 || e.statusCode() == 403) {
            return new PurgeReply.Shut(reason);
        }
        return e.statusCode() >= 500 || e.statusCode() == 408
                ? new PurgeReply.Failed(retryAfter(details), reason)
                : new PurgeReply.Refused(reason);
    }

    private static Duration retryAfter(AwsErrorDetails details) {
        return details.sdkHttpResponse() == null
                ? Duration.ZERO
                : details.sdkHttpResponse()
                        .firstMatchingHeader("Retry-After")
                        .filter(seconds -> seconds.matches("\\d{1,6}"))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                        .orElse(Duration.ZERO);
    }

    private static String reason(int status, String code, AwsErrorDetails details) {
        String message = Optional.ofNullable(details.errorMessage()).orElse("");
        return shortened((status + " " + code + ": " + message).strip());
    }

    static String reason(SdkException e) {
        return shortened(Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()));
    }

    /** Its first line: what is refused for its signature is quoted below, with the session's token. */
    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
    }
}
