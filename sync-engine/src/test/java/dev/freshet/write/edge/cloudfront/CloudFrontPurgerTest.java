package dev.freshet.write.edge.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeOption;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.write.edge.EdgePurger;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.PurgerContract;
import dev.freshet.write.edge.ScriptedProvider;
import dev.freshet.write.edge.TestEdge;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CloudFrontPurgerTest extends PurgerContract {
    private static final PurgeReply ACCEPTED = new PurgeReply.Accepted();

    private CloudFrontProvider cloudFront;
    private MockWebServer server;
    private CloudFrontPurger purger;

    CloudFrontPurgerTest() {
        super(EdgeType.CLOUDFRONT);
    }

    @Override
    protected ScriptedProvider newProvider() {
        return new CloudFrontProvider(SECRET);
    }

    @Override
    protected Map<String, EdgeOption> options(URI server, String secret) {
        return TestEdge.texts(
                "distribution",
                CloudFrontProvider.DISTRIBUTION,
                "header",
                "Cache-Tag",
                "api",
                server.toString(),
                "access_key",
                CloudFrontProvider.KEY,
                "secret_key",
                secret);
    }

    @Override
    protected EdgePurger purger(Edge edge, URI server) {
        return new CloudFrontPurger(edge, CLOCK);
    }

    @BeforeEach
    void open() throws IOException {
        cloudFront = new CloudFrontProvider(SECRET);
        server = new MockWebServer();
        server.setDispatcher(cloudFront);
        server.start();
        purger = purger(Map.of());
    }

    @AfterEach
    void close() {
        purger.close();
        server.close();
    }

    @Test
    void aSignedCallIsOneInvalidation() throws InterruptedException {
        assertThat(purger.purge(tags("c-1", "product-17", "product-18"))).isEqualTo(ACCEPTED);
        assertThat(cloudFront.invalidations()).containsExactly(List.of("#product-17", "#product-18"));
    }

    @Test
    void theTokenOfASessionIsSigned() throws InterruptedException {
        try (CloudFrontPurger inSession = purger(TestEdge.texts("session_token", "token-1"))) {
            assertThat(inSession.purge(tags("c-1", "product-17"))).isEqualTo(ACCEPTED);
        }
        assertThat(cloudFront.lastHeader("X-Amz-Security-Token")).isEqualTo("token-1");
    }

    @Test
    void aWrongSecretShutsTheDoor() throws InterruptedException {
        try (CloudFrontPurger stranger = purger(TestEdge.texts("secret_key", "another"))) {
            assertThat(stranger.purge(tags("c-1", "product-17"))).isInstanceOf(PurgeReply.Shut.class);
        }
        assertThat(cloudFront.invalidations()).isEmpty();
    }

    @Test
    void withoutKeysOfItsOwnTheSdkFindsThem() throws InterruptedException {
        System.setProperty("aws.accessKeyId", CloudFrontProvider.KEY);
        System.setProperty("aws.secretAccessKey", SECRET);
        Edge edge = TestEdge.of(
                EdgeType.CLOUDFRONT,
                Duration.ofSeconds(20),
                TestEdge.texts("distribution", CloudFrontProvider.DISTRIBUTION, "api", "http://" + host()));
        try (CloudFrontPurger unkeyed = new CloudFrontPurger(edge, CLOCK)) {
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
        assertThat(cloudFront.invalidations()).hasSize(1);
    }

    @Test
    void theSameNamesInALaterCallAreInvalidatedAgain() throws InterruptedException {
        purger.purge(tags("c-1", "product-17"));
        assertThat(purger.purge(tags("c-2", "product-17"))).isEqualTo(ACCEPTED);
        assertThat(cloudFront.invalidations()).hasSize(2);
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
        assertThat(cloudFront.seen()).containsExactly("POST invalidation", "GET I0");
    }

    @Test
    void whatIsDoneMakesRoom() throws InterruptedException {
        purger.purge(urls("c-1", 2_000));
        purger.purge(urls("c-2", 1_000));
        cloudFront.completeOldest();
        assertThat(purger.purge(urls("c-3", 2_000))).isEqualTo(ACCEPTED);
        assertThat(cloudFront.seen()).endsWith("GET I0", "POST invalidation");
    }

    @Test
    void oneQuestionIsEnoughForMany() throws InterruptedException {
        for (int i = 0; i < 15; i++) {
            purger.purge(beginning("c-" + i, "/p" + i));
        }
        cloudFront.complete();
        assertThat(purger.purge(new PurgeCall("c-15", Edge.Kind.PREFIX, false, prefixes(15))))
                .isEqualTo(ACCEPTED);
        assertThat(cloudFront.seen().subList(15, cloudFront.seen().size()))
                .containsExactly("GET I14", "POST invalidation");
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
        assertThat(cloudFront.seen()).isEmpty();
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
        cloudFront.denyQuestions();
        purger.purge(urls("c-1", 3_000));
        cloudFront.complete();
        assertThat(purger.purge(tags("c-2", "product-17"))).isEqualTo(ACCEPTED);
    }

    @Test
    void aPathThatCloudFrontDoesNotTakeIsRefused() throws InterruptedException {
        String url = "https://www.example.com/" + "x".repeat(4_000);
        assertThat(purger.purge(new PurgeCall("c-1", Edge.Kind.URL, false, List.of(url))))
                .isInstanceOfSatisfying(
                        PurgeReply.Refused.class,
                        refused -> assertThat(refused.reason())
                                .isEqualTo(host()
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
        cloudFront.answerNext(CloudFrontProvider.error(status, code, "as it says"));
        assertThat(purger.purge(tags("c-1", "product-17")).getClass().getSimpleName())
                .isEqualTo(reply);
    }

    @Test
    void anAnswerThatIsNoXmlIsReadByItsStatus() throws InterruptedException {
        cloudFront.answerNext(new MockResponse.Builder()
                .code(502)
                .body("<html>Bad <b>gateway</html>")
                .build());
        assertThat(purger.purge(tags("c-1", "product-17"))).isInstanceOf(PurgeReply.Failed.class);
    }

    @Test
    void nothingIsCalledTwiceForAFailure() throws InterruptedException {
        cloudFront.answerNext(CloudFrontProvider.error(503, "ServiceUnavailable", "later"));
        purger.purge(tags("c-1", "product-17"));
        assertThat(cloudFront.seen()).hasSize(1);
    }

    @Test
    void aReasonShowsNothingOfWhatWasSigned() throws InterruptedException {
        cloudFront.answerNext(CloudFrontProvider.error(
                403,
                "SignatureDoesNotMatch",
                "It does not match.\n\nThe Canonical String should have been\n'POST\nx-amz-security-token:token-1"));
        assertThat(purger.purge(tags("c-1", "product-17")))
                .isEqualTo(new PurgeReply.Shut(host() + " answered 403: SignatureDoesNotMatch It does not match."));
    }

    @Test
    void aServerThatIsAwayIsAFailure() throws InterruptedException {
        server.close();
        assertThat(purger.purge(tags("c-1", "product-17"))).isInstanceOf(PurgeReply.Failed.class);
    }

    @Test
    void anAnswerThatDripsIsAFailureInTime() throws InterruptedException {
        cloudFront.answerNext(new MockResponse.Builder()
                .code(201)
                .body("x".repeat(1_000))
                .throttleBody(1, 20, TimeUnit.MILLISECONDS)
                .build());
        long begun = System.nanoTime();
        try (CloudFrontPurger impatient = purger(Map.of(), Duration.ofMillis(300))) {
            assertThat(impatient.purge(tags("c-1", "product-17"))).isInstanceOf(PurgeReply.Failed.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void theEndOfTheProcessEndsACallUnderWay() throws Exception {
        cloudFront.answerNext(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                purger.purge(tags("c-1", "product-17"));
                ended.complete(false);
            } catch (InterruptedException e) {
                ended.complete(true);
            }
        });
        assertThat(server.takeRequest(5, TimeUnit.SECONDS)).isNotNull();
        caller.interrupt();
        assertThat(ended.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html/>", "<Invalidation xmlns='http://cloudfront.amazonaws.com/doc/2020-05-31/'/>", "OK"})
    void whatIsNoInvalidationIsAFailure(String body) throws InterruptedException {
        cloudFront.answerNext(new MockResponse.Builder().code(200).body(body).build());
        assertThat(purger.purge(tags("c-1", "product-17"))).isInstanceOf(PurgeReply.Failed.class);
    }

    @Test
    void noReasonShowsASecretEvenIfItIsRepeated() throws InterruptedException {
        cloudFront.answerNext(CloudFrontProvider.error(400, "InvalidArgument", "no " + SECRET + " and token-1"));
        try (CloudFrontPurger inSession = purger(TestEdge.texts("session_token", "token-1"))) {
            assertThat(inSession.purge(tags("c-1", "product-17")))
                    .isEqualTo(new PurgeReply.Refused(host() + " answered 400: InvalidArgument no *** and ***"));
        }
    }

    private CloudFrontPurger purger(Map<String, EdgeOption> options) {
        return purger(options, Duration.ofSeconds(20));
    }

    private CloudFrontPurger purger(Map<String, EdgeOption> more, Duration timeout) {
        Map<String, EdgeOption> options = new HashMap<>(options(URI.create("http://" + host()), SECRET));
        options.putAll(more);
        return new CloudFrontPurger(TestEdge.of(EdgeType.CLOUDFRONT, timeout, options), CLOCK);
    }

    private String host() {
        return "localhost:" + server.getPort();
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
