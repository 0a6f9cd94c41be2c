package dev.freshet.write.edge.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.edge.Budget;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.rules.edge.EdgeOption;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CloudFrontPurgerTest {
    private static final PurgeReply ACCEPTED = new PurgeReply.Accepted();

    private CloudFrontServer server;
    private CloudFrontPurger purger;

    @BeforeEach
    void start() throws IOException {
        server = new CloudFrontServer();
        purger = purger(Map.of());
    }

    @AfterEach
    void stop() {
        purger.close();
        server.close();
    }

    @Test
    void aSignedCallIsOneInvalidation() throws InterruptedException {
        assertThat(purger.purge(tags("c-1", "product-17", "product-18"))).isEqualTo(ACCEPTED);
        assertThat(server.invalidations()).containsExactly(List.of("#product-17", "#product-18"));
    }

    @Test
    void theTokenOfASessionIsSigned() throws InterruptedException {
        try (CloudFrontPurger inSession = purger(Map.of("session_token", "token-1"))) {
            assertThat(inSession.purge(tags("c-1", "product-17"))).isEqualTo(ACCEPTED);
        }
        assertThat(server.lastHeader("X-Amz-Security-Token")).isEqualTo("token-1");
    }

    @Test
    void aWrongSecretShutsTheDoor() throws InterruptedException {
        try (CloudFrontPurger stranger = purger(Map.of("secret_key", "another"))) {
            assertThat(stranger.purge(tags("c-1", "product-17"))).isInstanceOf(PurgeReply.Shut.class);
        }
        assertThat(server.invalidations()).isEmpty();
    }

    @Test
    void withoutKeysOfItsOwnTheSdkFindsThem() throws InterruptedException {
        System.setProperty("aws.accessKeyId", CloudFrontServer.KEY);
        System.setProperty("aws.secretAccessKey", CloudFrontServer.SECRET);
        try (CloudFrontPurger unkeyed = new CloudFrontPurger(edge(
                Duration.ofSeconds(10),
                Map.of("distribution", CloudFrontServer.DISTRIBUTION, "api", server.address())), InstantSource.system())) {
            assertThat(unkeyed.purge(tags("c-1", "product-17"))).isEqualTo(ACCEPTED);
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    @Test
    void aCallMadeAgainIsTheSameInvalidation() throws InterruptedException {
        purger.purge(tags("c-1", "product-17"));
        assertThat(purger.purge(tags("c-1", "product-17"))).isEqualTo(ACCEPTED);
        assertThat(server.invalidations()).hasSize(1);
    }

    @Test
    void theSameNamesInALaterCallAreInvalidatedAgain() throws InterruptedException {
        purger.purge(tags("c-1", "product-17"));
        assertThat(purger.purge(tags("c-2", "product-17"))).isEqualTo(ACCEPTED);
        assertThat(server.invalidations()).hasSize(2);
    }

    @Test
    void otherNamesUnderAnIdThatWasUsedAreRefused() throws InterruptedException {
        purger.purge(tags("c-1", "product-17"));
        assertThat(purger.purge(tags("c-1", "product-18"))).isInstanceOf(PurgeReply.Refused.class);
    }

    @Test
    void beyondWhatMayBeInProgressACallWaitsAndDoesNotGoOut() throws InterruptedException {
        assertThat(purger.purge(urls("c-1", 2_000))).isEqualTo(ACCEPTED);
        assertThat(purger.purge(urls("c-2", 1_001)))
                .isInstanceOfSatisfying(
                        PurgeReply.Limited.class,
                        limited -> assertThat(limited.after()).isEqualTo(Duration.ofSeconds(5)));
        assertThat(server.seen()).containsExactly("POST invalidation", "GET I0");
    }

    @Test
    void whatIsDoneMakesRoom() throws InterruptedException {
        purger.purge(urls("c-1", 2_000));
        purger.purge(urls("c-2", 1_000));
        server.completeOldest();
        assertThat(purger.purge(urls("c-3", 2_000))).isEqualTo(ACCEPTED);
        assertThat(server.seen()).endsWith("GET I0", "POST invalidation");
    }

    @Test
    void oneQuestionIsEnoughForMany() throws InterruptedException {
        for (int i = 0; i < 15; i++) {
            purger.purge(beginning("c-" + i, "/p" + i));
        }
        server.complete();
        assertThat(purger.purge(new PurgeCall("c-15", Edge.Kind.PREFIX, false, prefixes(15))))
                .isEqualTo(ACCEPTED);
        assertThat(server.seen().subList(15, server.seen().size())).containsExactly("GET I14", "POST invalidation");
    }

    @Test
    void wildcardsAreLimitedForThemselves() throws InterruptedException {
        purger.purge(new PurgeCall("c-1", Edge.Kind.PREFIX, false, prefixes(15)));
        assertThat(purger.purge(urls("c-2", 3_000))).isEqualTo(ACCEPTED);
        assertThat(purger.purge(new PurgeCall("c-3", Edge.Kind.ALL, false, List.of())))
                .isInstanceOf(PurgeReply.Limited.class);
    }

    @Test
    void moreWildcardsThanMayBeInProgressAreTooMany() throws InterruptedException {
        List<String> urls = IntStream.range(0, 16)
                .mapToObj(i -> "https://www.example.com/" + i + "*")
                .toList();
        assertThat(purger.purge(new PurgeCall("c-1", Edge.Kind.URL, false, urls)))
                .isInstanceOf(PurgeReply.TooLarge.class);
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void whatOthersBeganIsHeardOfFromCloudFront() throws InterruptedException {
        try (CloudFrontPurger other = purger(Map.of())) {
            other.purge(urls("o-1", 3_000));
        }
        assertThat(purger.purge(tags("c-1", "product-17")))
                .isInstanceOfSatisfying(
                        PurgeReply.Limited.class,
                        limited -> assertThat(limited.after()).isEqualTo(Duration.ofSeconds(5)));
    }

    @Test
    void whoMayNotAskInvalidatesAllTheSame() throws InterruptedException {
        server.denyQuestions();
        purger.purge(urls("c-1", 3_000));
        server.complete();
        assertThat(purger.purge(tags("c-2", "product-17"))).isEqualTo(ACCEPTED);
    }

    @Test
    void aPathThatCloudFrontDoesNotTakeIsRefused() throws InterruptedException {
        String url = "https://www.example.com/" + "x".repeat(4_000);
        assertThat(purger.purge(new PurgeCall("c-1", Edge.Kind.URL, false, List.of(url))))
                .isInstanceOfSatisfying(
                        PurgeReply.Refused.class,
                        refused -> assertThat(refused.reason())
                                .isEqualTo(server.host()
                                        + " answered 400: InvalidArgument Your request contains one or more invalid"
                                        + " invalidation paths."));
    }

    @ParameterizedTest
    @CsvSource({
        "400, TooManyInvalidationsInProgress, Limited",
        "400, Throttling,                     Limited",
        "400, ThrottlingException,            Limited",
        "429, TooManyRequestsException,       Limited",
        "413, BatchTooLarge,                  TooLarge",
        "413, '',                             TooLarge",
        "401, '',                             Shut",
        "403, '',                             Shut",
        "403, AccessDenied,                   Shut",
        "403, ExpiredToken,                   Shut",
        "403, InvalidSignature,               Shut",
        "400, UnrecognizedClientException,    Shut",
        "400, IncompleteSignature,            Shut",
        "403, RequestExpired,                 Shut",
        "404, NoSuchDistribution,             Shut",
        "400, InvalidArgument,                Refused",
        "400, MissingBody,                    Refused",
        "405, '',                             Refused",
        "408, '',                             Failed",
        "500, InternalError,                  Failed",
        "503, ServiceUnavailable,             Failed",
        "504, '',                             Failed",
    })
    void aFailureIsReadByItsCodeAndStatus(int status, String code, String reply) throws InterruptedException {
        server.answerNext(status, CloudFrontServer.error(code, "as it says"));
        assertThat(purger.purge(tags("c-1", "product-17")).getClass().getSimpleName())
                .isEqualTo(reply);
    }

    @Test
    void anAnswerThatIsNoXmlIsReadByItsStatus() throws InterruptedException {
        server.answerNext(502, "<html>Bad <b>gateway</html>");
        assertThat(purger.purge(tags("c-1", "product-17"))).isInstanceOf(PurgeReply.Failed.class);
    }

    @Test
    void nothingIsCalledTwiceForAFailure() throws InterruptedException {
        server.answerNext(503, CloudFrontServer.error("ServiceUnavailable", "later"));
        purger.purge(tags("c-1", "product-17"));
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void aReasonShowsNothingOfWhatWasSigned() throws InterruptedException {
        server.answerNext(
                403,
                CloudFrontServer.error(
                        "SignatureDoesNotMatch",
                        "It does not match.\n\nThe Canonical String should have been\n'POST\nx-amz-security-token:token-1"));
        assertThat(purger.purge(tags("c-1", "product-17")))
                .isEqualTo(new PurgeReply.Shut(
                        server.host() + " answered 403: SignatureDoesNotMatch It does not match."));
    }

    @Test
    void aServerThatIsAwayIsAFailure() throws InterruptedException {
        server.close();
        assertThat(purger.purge(tags("c-1", "product-17"))).isInstanceOf(PurgeReply.Failed.class);
    }

    @Test
    void anAnswerThatDoesNotComeIsAFailureInTime() throws InterruptedException {
        server.stallNext();
        assertFailsWithin(Duration.ofSeconds(3));
    }

    @Test
    void anAnswerThatDoesNotEndIsAFailureInTime() throws InterruptedException {
        server.drip();
        assertFailsWithin(Duration.ofSeconds(3));
    }

    private void assertFailsWithin(Duration most) throws InterruptedException {
        long begun = System.nanoTime();
        try (CloudFrontPurger impatient = purger(Map.of(), Duration.ofMillis(300))) {
            assertThat(impatient.purge(tags("c-1", "product-17"))).isInstanceOf(PurgeReply.Failed.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(most);
    }

    @Test
    void theEndOfTheProcessEndsACall() throws Exception {
        server.stallNext();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                purger.purge(tags("c-1", "product-17"));
                ended.complete(false);
            } catch (InterruptedException e) {
                ended.complete(true);
            }
        });
        server.awaitCall();
        caller.interrupt();
        assertThat(ended.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void noReasonShowsASecretEvenIfItIsRepeated() throws InterruptedException {
        server.answerNext(400, CloudFrontServer.error("InvalidArgument", "no " + CloudFrontServer.SECRET + " and token-1"));
        try (CloudFrontPurger inSession = purger(Map.of("session_token", "token-1"))) {
            assertThat(inSession.purge(tags("c-1", "product-17")))
                    .isEqualTo(new PurgeReply.Refused(server.host() + " answered 400: InvalidArgument no *** and ***"));
        }
    }

    private CloudFrontPurger purger(Map<String, String> options) {
        return purger(options, Duration.ofSeconds(10));
    }

    private CloudFrontPurger purger(Map<String, String> options, Duration timeout) {
        Map<String, String> all = new HashMap<>(Map.of(
                "distribution",
                CloudFrontServer.DISTRIBUTION,
                "api",
                server.address(),
                "access_key",
                CloudFrontServer.KEY,
                "secret_key",
                CloudFrontServer.SECRET));
        all.putAll(options);
        return new CloudFrontPurger(edge(timeout, all), InstantSource.system());
    }

    static Edge edge(Duration timeout, Map<String, String> options) {
        Map<String, EdgeOption> members = new HashMap<>();
        options.forEach((key, text) -> members.put(key, new EdgeOption.Text(text)));
        return new Edge(
                new EdgeName("site"),
                EdgeType.CLOUDFRONT,
                false,
                Edge.DEFAULT_MAX_DELAY,
                EdgeType.CLOUDFRONT.gather(),
                timeout,
                Edge.Outbox.LOG,
                Edge.OnGap.TELL,
                EdgeType.CLOUDFRONT.plans().getFirst(),
                Budget.AS_PLANNED,
                new EdgeOption.Members(members));
    }

    private static PurgeCall tags(String id, String... tags) {
        return new PurgeCall(id, Edge.Kind.TAG, false, List.of(tags));
    }

    private static PurgeCall urls(String id, int count) {
        return new PurgeCall(
                id,
                Edge.Kind.URL,
                false,
                IntStream.range(0, count)
                        .mapToObj(i -> "https://www.example.com/" + id + "/" + i)
                        .toList());
    }

    private static PurgeCall beginning(String id, String path) {
        return new PurgeCall(id, Edge.Kind.PREFIX, false, List.of("www.example.com" + path));
    }

    private static List<String> prefixes(int count) {
        return IntStream.range(0, count).mapToObj(i -> "www.example.com/q" + i).toList();
    }
}
