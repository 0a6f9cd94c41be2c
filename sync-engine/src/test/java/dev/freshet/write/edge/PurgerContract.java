package dev.freshet.write.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.rules.edge.Ability;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeOption;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.write.edge.CachedObjects.State;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the queue may expect of every adapter, whoever its provider is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PurgerContract {
    /** Whatever the provider knows its user by. */
    protected static final String SECRET = "s3cret-of-the-shop";

    protected static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z"));

    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration IMPATIENT = Duration.ofMillis(200);
    private static final HeldCertificate OF_NOBODY_KNOWN =
            new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();

    private final EdgeType type;
    private ScriptedProvider provider;
    private MockWebServer server;

    protected PurgerContract(EdgeType type) {
        this.type = type;
    }

    /** One that holds all its objects fresh and knows {@link #SECRET}. */
    protected abstract ScriptedProvider newProvider();

    /** What a file says of the edge, with a secret where it has one. */
    protected abstract Map<String, EdgeOption> options(URI server, String secret);

    /** The adapter, or that of the node at the server's address. */
    protected abstract EdgePurger purger(Edge edge, URI server);

    @BeforeEach
    final void start() throws IOException {
        provider = newProvider();
        server = new MockWebServer();
        server.setDispatcher(provider);
        server.start();
    }

    @AfterEach
    final void stop() {
        server.close();
    }

    /** Names of a kind. */
    record Named(Edge.Kind kind, List<String> names) {
        static Named by(Edge.Kind kind, String... names) {
            return new Named(kind, List.of(names));
        }
    }

    /** What it can name, in one call as many as its table allows. */
    final Stream<Named> named() {
        return Stream.of(
                        Named.by(Edge.Kind.TAG, "product-17"),
                        Named.by(Edge.Kind.TAG, "category-3", "product-170", "nobody-has-it"),
                        Named.by(Edge.Kind.URL, "https://shop.example/p/17"),
                        Named.by(Edge.Kind.URL, "https://shop.example/p/17?colour=red"),
                        Named.by(Edge.Kind.URL, "https://shop.example/p/pen%20and%20ink"),
                        Named.by(Edge.Kind.URL, "https://shop.example/c/3/", "https://www.other.example/p/17"),
                        Named.by(Edge.Kind.URL, "https://shop.example/nobody-has-it"),
                        Named.by(Edge.Kind.PREFIX, "https://shop.example/c/3/"),
                        Named.by(Edge.Kind.PREFIX, "shop.example/p/17"),
                        Named.by(Edge.Kind.PREFIX, "shop.example/c/3/", "https://www.other.example/c/"),
                        Named.by(Edge.Kind.PREFIX, "shop.example/"),
                        Named.by(Edge.Kind.HOST, "www.other.example"),
                        Named.by(Edge.Kind.HOST, "shop.example"),
                        Named.by(Edge.Kind.ALL))
                .filter(each -> type.kinds().contains(each.kind()))
                .map(each -> new Named(
                        each.kind(),
                        each.names().subList(0, Math.min(each.names().size(), perCall(each.kind())))));
    }

    final Stream<Named> namedSoftly() {
        return named().filter(each -> type.canSoftly(each.kind()));
    }

    @ParameterizedTest
    @MethodSource("named")
    final void whatIsNamedIsPurgedAndNothingElse(Named named) throws Exception {
        assertThat(reply(new PurgeCall("1", named.kind(), false, named.names())))
                .isEqualTo(new PurgeReply.Accepted());
        assertThat(provider.objects().in(State.GONE)).isEqualTo(objects(named.kind(), named.names()));
        assertThat(provider.objects().in(State.STALE)).isEmpty();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("namedSoftly")
    final void whatIsPurgedSoftlyMayBeServedStale(Named named) throws Exception {
        assertThat(reply(new PurgeCall("1", named.kind(), true, named.names()))).isEqualTo(new PurgeReply.Accepted());
        assertThat(provider.objects().in(State.STALE)).isEqualTo(objects(named.kind(), named.names()));
        assertThat(provider.objects().in(State.GONE)).isEmpty();
    }

    @Test
    final void aCallThatIsMadeAgainIsTakenAgain() throws Exception {
        try (EdgePurger purger = purger(PATIENT, SECRET)) {
            assertThat(purger.purge(everyday())).isEqualTo(new PurgeReply.Accepted());
            assertThat(purger.purge(everyday())).isEqualTo(new PurgeReply.Accepted());
        }
        assertThat(provider.objects().in(State.GONE))
                .isEqualTo(objects(everyday().kind(), everyday().names()));
    }

    final Stream<Edge.Kind> kindsOfWhichItTakesMany() {
        return type.kinds().stream().filter(kind -> perCall(kind) > 1);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("kindsOfWhichItTakesMany")
    final void aCallIsTakenThatIsAsFullAsTheTableAllows(Edge.Kind kind) throws Exception {
        assertThat(reply(PATIENT, full(kind, perCall(kind)))).isEqualTo(new PurgeReply.Accepted());
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("kindsOfWhichItTakesMany")
    final void aCallIsNotTakenThatIsFuller(Edge.Kind kind) throws Exception {
        assertThat(reply(PATIENT, full(kind, 4 * perCall(kind))))
                .isInstanceOfAny(PurgeReply.TooLarge.class, PurgeReply.Refused.class);
        assertThat(provider.objects().in(State.GONE)).isEmpty();
    }

    @Test
    final void nothingIsPurgedByWhatTheTableDoesNotSay() {
        try (EdgePurger purger = purger(PATIENT, SECRET)) {
            Arrays.stream(Edge.Kind.values())
                    .filter(kind -> !type.kinds().contains(kind))
                    .forEach(kind -> assertThatIllegalArgumentException()
                            .isThrownBy(() -> purger.purge(new PurgeCall("1", kind, false, List.of("a")))));
        }
    }

    @Test
    final void aLimitIsToldWithTheTimeThatItAsksFor() throws Exception {
        provider.grant(0);
        assertThat(reply(PATIENT, everyday()))
                .isInstanceOfSatisfying(
                        PurgeReply.Limited.class,
                        limited -> assertThat(limited.after()).isEqualTo(provider.asksFor()));
        assertThat(provider.objects().in(State.GONE)).isEmpty();
    }

    @Test
    final void whoIsNotLetInIsToldSo() throws Exception {
        provider.lock();
        assertThat(reply(PATIENT, everyday())).isInstanceOf(PurgeReply.Shut.class);
    }

    @Test
    final void whoComesWithAnotherSecretIsNotLetIn() throws Exception {
        try (EdgePurger purger = purger(PATIENT, "another-secret")) {
            assertThat(purger.purge(everyday())).isInstanceOf(PurgeReply.Shut.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408})
    final void aFailureOfTheProviderIsNoRefusal(int status) throws Exception {
        provider.breakDown(new MockResponse.Builder().code(status).body("sorry").build());
        assertThat(reply(PATIENT, everyday())).isInstanceOfSatisfying(PurgeReply.Failed.class, failed -> {
            assertThat(failed.after()).isZero();
            assertThat(failed.reason()).contains(server.getHostName(), Integer.toString(status));
        });
    }

    @Test
    final void aFailureIsToldWithTheTimeThatItAsksFor() throws Exception {
        provider.breakDown(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "9")
                .build());
        assertThat(reply(PATIENT, everyday()))
                .isInstanceOfSatisfying(
                        PurgeReply.Failed.class,
                        failed -> assertThat(failed.after()).hasSeconds(9));
    }

    @Test
    final void aRedirectionIsNotFollowed() throws Exception {
        provider.breakDown(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", server.url("/elsewhere"))
                .build());
        assertThat(reply(PATIENT, everyday())).isInstanceOf(PurgeReply.Failed.class);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    @Timeout(8)
    final void oneThatAnswersTooLateHasFailed() throws Exception {
        provider.breakDown(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        assertThat(reply(IMPATIENT, everyday()))
                .isInstanceOfSatisfying(
                        PurgeReply.Failed.class,
                        failed -> assertThat(failed.reason()).contains(server.getHostName()));
    }

    @Test
    @Timeout(8)
    final void oneThatDoesNotEndItsAnswerHasFailed() throws Exception {
        provider.breakDown(new MockResponse.Builder()
                .body("{\"success\": true, \"status\": \"ok\"}")
                .onResponseBody(SocketEffect.Stall.INSTANCE)
                .build());
        assertThat(reply(IMPATIENT, everyday())).isInstanceOf(PurgeReply.Failed.class);
    }

    @Test
    final void oneThatHangsUpHasFailed() throws Exception {
        provider.breakDown(new MockResponse.Builder()
                .body("{\"success\": true, \"status\": \"ok\"}")
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());
        assertThat(reply(PATIENT, everyday())).isInstanceOf(PurgeReply.Failed.class);
    }

    @Test
    final void oneThatDoesNotSpeakHttpHasFailed() throws Exception {
        provider.breakDown(new MockResponse.Builder().status("SSH-2.0-nothing").build());
        assertThat(reply(PATIENT, everyday())).isInstanceOf(PurgeReply.Failed.class);
    }

    @Test
    final void oneThatIsAwayHasFailed() throws Exception {
        URI gone = address("http");
        server.close();
        try (EdgePurger purger = purger(edge(PATIENT, gone, SECRET), gone)) {
            assertThat(purger.purge(everyday()))
                    .isInstanceOfSatisfying(
                            PurgeReply.Failed.class,
                            failed -> assertThat(failed.reason()).contains("localhost"));
        }
    }

    @Test
    final void oneWhoseCertificateNobodyKnowsHasFailed() throws Exception {
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(OF_NOBODY_KNOWN)
                .build()
                .sslSocketFactory());
        URI https = address("https");
        try (EdgePurger purger = purger(edge(PATIENT, https, SECRET), https)) {
            assertThat(purger.purge(everyday()))
                    .isInstanceOfSatisfying(
                            PurgeReply.Failed.class,
                            failed -> assertThat(failed.reason()).contains("localhost"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 307, 400, 401, 403, 408, 413, 429, 500})
    final void noReasonShowsASecretEvenIfTheProviderRepeatsIt(int status) throws Exception {
        provider.breakDown(new MockResponse.Builder()
                .code(status)
                .addHeader("Location", SECRET)
                .body(SECRET + " {\"message\": \"" + SECRET)
                .build());
        assertThat(reply(PATIENT, everyday()).toString()).doesNotContain(SECRET);
    }

    @Test
    final void nothingThatPrintsAPurgerShowsASecret() {
        try (EdgePurger purger = purger(PATIENT, SECRET)) {
            assertThat(purger.toString()).doesNotContain(SECRET);
        }
    }

    @Test
    final void theEndOfTheProcessEndsACall() {
        provider.breakDown(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        try (EdgePurger purger = purger(PATIENT, SECRET)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> purger.purge(everyday())).isInstanceOf(InterruptedException.class);
        } finally {
            // Whether a test fails or not, the next one must not be interrupted.
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    /** From now on this is the answer, whatever is asked. */
    protected final void answerEverything(MockResponse answer) {
        provider.breakDown(answer);
    }

    protected final PurgeReply reply(PurgeCall call) throws InterruptedException {
        return reply(PATIENT, call);
    }

    protected final PurgeReply reply(Map<String, EdgeOption> options, PurgeCall call) throws InterruptedException {
        URI at = address();
        try (EdgePurger purger = purger(TestEdge.of(type, PATIENT, options), at)) {
            return purger.purge(call);
        }
    }

    protected final URI address() {
        return address("http");
    }

    /** The next request that the server got: its first line, its headers, an empty line, its body. */
    protected final String sent() throws InterruptedException {
        RecordedRequest request = server.takeRequest();
        return request.getRequestLine() + "\n" + request.getHeaders() + "\n" + ScriptedProvider.bodyOf(request);
    }

    private Set<URI> objects(Edge.Kind kind, List<String> names) {
        return CachedObjects.named(kind, names, provider.knowsHosts());
    }

    /** What it can purge best, once. */
    private PurgeCall everyday() {
        return type.kinds().contains(Edge.Kind.TAG)
                ? new PurgeCall("1", Edge.Kind.TAG, false, List.of("product-17"))
                : new PurgeCall("1", Edge.Kind.URL, false, List.of("https://shop.example/p/17"));
    }

    private PurgeCall full(Edge.Kind kind, int names) {
        // Three bytes stand around a name, as the queue counts.
        int bytes = Math.min(type.longestTag(), type.bytesPerCall() / perCall(kind) - 3);
        return new PurgeCall(
                "1",
                kind,
                false,
                IntStream.range(0, names)
                        .mapToObj(number -> longName(kind, number, Math.min(1_024, bytes)))
                        .toList());
    }

    private static String longName(Edge.Kind kind, int number, int bytes) {
        String beginning = switch (kind) {
            case TAG, ALL -> "t-";
            case URL, PREFIX -> "https://shop.example/full/";
            case HOST -> "h-";
        };
        String end = kind == Edge.Kind.HOST ? number + ".example" : Integer.toString(number);
        return beginning + "x".repeat(Math.max(0, bytes - beginning.length() - end.length())) + end;
    }

    private int perCall(Edge.Kind kind) {
        return type.ability(kind).map(Ability::perCall).orElse(0);
    }

    private PurgeReply reply(Duration timeout, PurgeCall call) throws InterruptedException {
        try (EdgePurger purger = purger(timeout, SECRET)) {
            return purger.purge(call);
        }
    }

    private EdgePurger purger(Duration timeout, String secret) {
        URI at = address("http");
        return purger(edge(timeout, at, secret), at);
    }

    private Edge edge(Duration timeout, URI at, String secret) {
        return TestEdge.of(type, timeout, options(at, secret));
    }

    private URI address(String scheme) {
        return URI.create(scheme + "://localhost:" + server.getPort());
    }
}
