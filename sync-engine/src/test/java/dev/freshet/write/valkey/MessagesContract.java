package dev.freshet.write.valkey;

import static dev.freshet.write.valkey.Operations.PIPELINE;
import static dev.freshet.write.valkey.Operations.put;
import static dev.freshet.write.valkey.Operations.version;
import static dev.freshet.write.valkey.Outcomes.APPLIED;
import static dev.freshet.write.valkey.Outcomes.LATE;
import static dev.freshet.write.valkey.Outcomes.SUPERSEDED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Version;
import dev.freshet.plan.CacheKey;
import dev.freshet.plan.CacheTag;
import dev.freshet.plan.Destination;
import dev.freshet.plan.Operation;
import dev.freshet.rules.RuleName;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the writer promises of messages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MessagesContract {
    private static final String PREFIX = "shop:";
    private static final String EVENTS = PREFIX + "events";
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final RuleName RULE = new RuleName("tell");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ValkeyLimits ONE_A_CALL =
            new ValkeyLimits(1, 1, 1, 1, 10_000, Duration.ofSeconds(3), Duration.ofSeconds(5));

    private final TestServer.Program program;
    private TestServer server;
    private ValkeyConnection connection;

    @SuppressWarnings("NullAway.Init")
    MessagesContract(TestServer.Program program) {
        this.program = program;
    }

    @BeforeAll
    void start() {
        server = TestServer.start(program);
        connection = connection(server.uri(), ValkeyLimits.DEFAULT);
    }

    @AfterAll
    void stop() {
        connection.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        server.commands().flushall();
    }

    private static ValkeyConnection connection(RedisURI uri, ValkeyLimits limits) {
        return new ValkeyConnection(new ValkeyTarget(uri, PREFIX, WINDOW, limits));
    }

    private List<WriteResult> write(Operation... operations) throws InterruptedException {
        return write(List.of(operations));
    }

    private List<WriteResult> write(List<Operation> operations) throws InterruptedException {
        return new ValkeyWriter(connection, PIPELINE, () -> 1)
                .write(operations, new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));
    }

    private List<WriteResult> writeAs(String password, List<Operation> operations) throws InterruptedException {
        RedisURI uri = RedisURI.builder(server.uri())
                .withAuthentication("app", password.toCharArray())
                .build();
        try (ValkeyConnection user = connection(uri, ValkeyLimits.DEFAULT)) {
            return new ValkeyWriter(user, PIPELINE, () -> 1)
                    .write(operations, new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));
        }
    }

    private static Operation toStream(String stream, String message, Version version, Instant at, OptionalInt keep) {
        return new Operation.Publish(
                RULE, version, at, new Destination.Stream(new CacheKey(stream), keep), () -> message.getBytes(UTF_8));
    }

    private static Operation event(String message, long version) {
        return toStream("events", message, version(version), NOON, OptionalInt.empty());
    }

    private static Operation event(String message, long version, Instant at) {
        return toStream("events", message, version(version), at, OptionalInt.empty());
    }

    private static Operation told(String channel, String message, long version) {
        return new Operation.Publish(
                RULE, version(version), NOON, new Destination.Channel(channel), () -> message.getBytes(UTF_8));
    }

    private List<StreamMessage<String, String>> entries(String key) {
        return server.commands().xrange(key, Range.unbounded());
    }

    private List<String> values(String key) {
        return entries(key).stream().map(entry -> entry.getBody().get("value")).toList();
    }

    private List<String> ids() {
        return entries(EVENTS).stream().map(StreamMessage::getId).toList();
    }

    @Test
    void anEntryHoldsTheMessageAndTheVersionUnderTheMomentOfTheCommit() throws Exception {
        assertThat(write(event("{\"id\":1}", 7))).containsExactly(APPLIED);

        StreamMessage<String, String> entry = entries(EVENTS).getFirst();
        assertThat(entry.getBody())
                .containsExactly(
                        Map.entry("value", "{\"id\":1}"),
                        Map.entry("version", version(7).toString()));
        assertThat(entry.getId()).isEqualTo(NOON.toEpochMilli() + "-0");
    }

    @Test
    void messagesOfManyCallsArriveInOrder() throws Exception {
        List<Operation> operations = new ArrayList<>();
        IntStream.range(0, 5_000).forEach(i -> operations.add(event("m" + i, i, NOON.plusMillis(i / 7))));

        assertThat(write(operations)).containsOnly(APPLIED);

        assertThat(values(EVENTS))
                .isEqualTo(IntStream.range(0, 5_000).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void aReplayAddsNothing() throws Exception {
        write(event("a", 1), event("b", 2));

        assertThat(write(event("a", 1), event("b", 2))).containsOnly(SUPERSEDED);

        assertThat(values(EVENTS)).containsExactly("a", "b");
    }

    @Test
    void aReplayOfAHalfSentBatchAddsWhatIsMissing() throws Exception {
        write(event("a", 1), event("b", 2));

        assertThat(write(event("a", 1), event("b", 2), event("c", 3), event("d", 4)))
                .containsExactly(SUPERSEDED, SUPERSEDED, APPLIED, APPLIED);

        assertThat(values(EVENTS)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void versionsCompareAsNumbersFromTheEpochToTheOrdinal() throws Exception {
        List<Version> grown = List.of(
                new Version(1, 0, 0x7f, 0),
                new Version(1, 0, 0x80, 0),
                new Version(1, 0, 0x80, 1),
                new Version(1, 0, -1, 0),
                new Version(1, 1, 0, 0),
                new Version(1, 1L << 32, 0, 0),
                new Version(0x80000000, 0, 0, 0),
                new Version(-1, -1, -1, -1));
        for (Version version : grown) {
            Operation event = toStream("events", version.toString(), version, NOON, OptionalInt.empty());
            assertThat(write(event)).containsExactly(APPLIED);
            assertThat(write(event)).containsExactly(SUPERSEDED);
        }

        assertThat(values(EVENTS))
                .isEqualTo(grown.stream().map(Version::toString).toList());
    }

    @Test
    void everyMessageOfOneChangeArrivesAndNoneTwice() throws Exception {
        List<Operation> change =
                List.of(event("a", 1), toStream("other", "x", version(1), NOON, OptionalInt.empty()), event("b", 1));
        try (ValkeyConnection small = connection(server.uri(), ONE_A_CALL)) {
            ValkeyWriter writer = new ValkeyWriter(small, PIPELINE, () -> 1);

            assertThat(writer.write(change, new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW)))
                    .containsOnly(APPLIED);
            assertThat(writer.write(change, new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW)))
                    .containsOnly(SUPERSEDED);
        }

        assertThat(values(EVENTS)).containsExactly("a", "b");
        assertThat(values(PREFIX + "other")).containsExactly("x");
    }

    @Test
    void aReplayAddsNothingWhereTheEntriesAreGone() throws Exception {
        write(event("a", 1), event("b", 2));
        server.commands().xdel(EVENTS, ids().toArray(String[]::new));

        assertThat(write(event("a", 1), event("b", 2), event("c", 3))).containsExactly(SUPERSEDED, SUPERSEDED, APPLIED);

        assertThat(values(EVENTS)).containsExactly("c");
    }

    @Test
    void theFenceOfAStreamDoesNotExpire() throws Exception {
        write(event("a", 1));

        assertThat(server.commands().keys("*"))
                .hasSize(2)
                .allSatisfy(key -> assertThat(server.commands().pttl(key)).isEqualTo(-1));
    }

    @Test
    void anEarlierLeaderAddsNothingThatALaterOneAdded() throws Exception {
        new ValkeyWriter(connection, PIPELINE, () -> 9)
                .write(List.of(event("a", 1), event("b", 2)), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));

        assertThat(new ValkeyWriter(connection, PIPELINE, () -> 8)
                        .write(
                                List.of(event("a", 1), event("b", 2)),
                                new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW)))
                .containsOnly(SUPERSEDED);
        assertThat(values(EVENTS)).containsExactly("a", "b");
    }

    @Test
    void aLaterLeaderGoesOnWhereAnEarlierOneEnded() throws Exception {
        new ValkeyWriter(connection, PIPELINE, () -> 8)
                .write(List.of(event("a", 1), event("b", 2)), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));

        assertThat(new ValkeyWriter(connection, PIPELINE, () -> 9)
                        .write(
                                List.of(event("b", 2), event("c", 3)),
                                new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW)))
                .containsExactly(SUPERSEDED, APPLIED);
        assertThat(values(EVENTS)).containsExactly("a", "b", "c");
    }

    @Test
    void pipelinesThatShareAStreamLoseNothingToEachOther() throws Exception {
        write(event("a", 9));

        List<WriteResult> results = new ValkeyWriter(connection, "another", () -> 1)
                .write(List.of(event("b", 1), event("c", 2)), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));

        assertThat(results).containsOnly(APPLIED);
        assertThat(values(EVENTS)).containsExactly("a", "b", "c");
    }

    @Test
    void idsGrowWhereCommitsShareAMomentAndWhereTheClockGoesBack() throws Exception {
        write(event("a", 1, NOON), event("b", 2, NOON));
        write(event("c", 3, NOON.minusMillis(5)), event("d", 4, NOON.plusMillis(1)));
        long noon = NOON.toEpochMilli();

        assertThat(ids()).containsExactly(noon + "-0", noon + "-1", noon + "-2", (noon + 1) + "-0");
    }

    @Test
    void idsGrowPastThoseThatSomebodyElseAdded() throws Exception {
        String foreign = NOON.toEpochMilli() + 10 + "-18446744073709551615";
        server.commands().xadd(EVENTS, new XAddArgs().id(foreign), Map.of("by", "hand"));

        assertThat(write(event("a", 1), event("b", 2))).containsOnly(APPLIED);

        assertThat(values(EVENTS)).containsExactly(null, "a", "b");
    }

    @Test
    void aChangeWithoutATimeGetsAnIdAsWell() throws Exception {
        assertThat(write(event("a", 1, Instant.EPOCH))).containsExactly(APPLIED);

        assertThat(ids()).containsExactly("0-1");
    }

    @Test
    void aStreamIsCutToAboutItsLength() throws Exception {
        List<Operation> operations = new ArrayList<>();
        IntStream.range(0, 1_000)
                .forEach(i -> operations.add(toStream("events", "m" + i, version(i), NOON, OptionalInt.of(10))));

        write(operations);

        assertThat(values(EVENTS)).hasSizeBetween(10, 200).endsWith("m998", "m999");
    }

    @Test
    void aKeyThatHoldsSomethingElseIsLeftAloneAndTheOthersGoOn() throws Exception {
        server.commands().set(EVENTS, "mine");

        List<WriteResult> results =
                write(event("a", 1), toStream("other", "b", version(1), NOON, OptionalInt.empty()), event("c", 2));

        assertThat(results.get(0))
                .isInstanceOfSatisfying(
                        WriteResult.Rejected.class,
                        rejected -> assertThat(rejected.reason())
                                .isEqualTo("WRONGTYPE the key of the stream holds something else"));
        assertThat(results.get(1)).isEqualTo(APPLIED);
        assertThat(results.get(2)).isInstanceOf(WriteResult.Rejected.class);
        assertThat(server.commands().get(EVENTS)).isEqualTo("mine");
    }

    @Test
    void aFencesKeyThatHoldsSomethingElseIsLeftAlone() throws Exception {
        String fence = new String(Dispatch.fenceOf(EVENTS.getBytes(UTF_8), PIPELINE), UTF_8);
        server.commands().lpush(fence, "mine");
        assertThat(write(event("a", 1)).getFirst()).isInstanceOf(WriteResult.Rejected.class);

        server.commands().del(fence);
        server.commands().set(fence, "mine");
        assertThat(write(event("a", 1)).getFirst()).isInstanceOf(WriteResult.Rejected.class);

        assertThat(server.commands().exists(EVENTS)).isZero();
        assertThat(server.commands().get(fence)).isEqualTo("mine");
    }

    @Test
    void whatComesTooLateAfterThisProcessLedIsRefused() throws Exception {
        write(event("a", 1));
        Instant longAgo = Instant.now().minus(WINDOW.dividedBy(2)).minusSeconds(1);
        ValkeyWriter writer = new ValkeyWriter(connection, PIPELINE, () -> 1);

        assertThat(writer.write(
                        List.of(event("b", 2), told("news", "b", 2)),
                        new Terms(() -> longAgo, Terms.Fences.FOR_A_WINDOW)))
                .containsOnly(LATE);

        assertThat(values(EVENTS)).containsExactly("a");
    }

    @Test
    void aMessageWaitsForWhatIsWrittenWithIt() throws Exception {
        server.commands()
                .aclSetuser(
                        "app",
                        AclSetuserArgs.Builder.on()
                                .addPassword("no-hset")
                                .allCommands()
                                .allKeys()
                                .allChannels()
                                .removeCommand(CommandType.HSET));

        List<WriteResult> results =
                writeAs("no-hset", List.of(event("a", 1), put("p:1", Map.of("a", "b"), 2, "1"), told("news", "b", 2)));

        assertThat(results).allSatisfy(result -> assertThat(result).isInstanceOf(WriteResult.RetryAfter.class));
        assertThat(server.commands().exists(EVENTS)).isZero();
    }

    @Test
    void aMessageWaitsForTheTagsThatAreInvalidatedWithIt() throws Exception {
        server.commands()
                .aclSetuser(
                        "app",
                        AclSetuserArgs.Builder.on()
                                .addPassword("no-sscan")
                                .allCommands()
                                .allKeys()
                                .removeCommand(CommandType.SSCAN));

        List<WriteResult> results = writeAs(
                "no-sscan",
                List.of(new Operation.InvalidateTag(RULE, version(1), NOON, new CacheTag("t")), event("a", 1)));

        assertThat(results).allSatisfy(result -> assertThat(result).isInstanceOf(WriteResult.RetryAfter.class));
        assertThat(server.commands().exists(EVENTS)).isZero();
    }

    @Test
    void whatIsPutOffIsAddedLaterAndNothingTwice() throws Exception {
        server.commands()
                .aclSetuser(
                        "app",
                        AclSetuserArgs.Builder.on()
                                .addPassword("some-keys")
                                .allCommands()
                                .keyPattern("*events*"));
        List<Operation> operations = List.of(
                event("a", 1),
                toStream("other", "x", version(1), NOON, OptionalInt.empty()),
                event("b", 2),
                toStream("other", "y", version(2), NOON, OptionalInt.empty()));
        try (ValkeyConnection restricted = connection(
                RedisURI.builder(server.uri())
                        .withAuthentication("app", "some-keys".toCharArray())
                        .build(),
                ONE_A_CALL)) {
            ValkeyWriter user = new ValkeyWriter(restricted, PIPELINE, () -> 1);

            List<WriteResult> results = user.write(operations, new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));

            assertThat(results.getFirst()).isEqualTo(APPLIED);
            assertThat(results.subList(1, 4))
                    .allSatisfy(result -> assertThat(result).isInstanceOf(WriteResult.RetryAfter.class));
            server.commands().aclSetuser("app", AclSetuserArgs.Builder.allKeys());
            assertThat(user.write(operations.subList(1, 4), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW)))
                    .containsOnly(APPLIED);
        }
        assertThat(values(EVENTS)).containsExactly("a", "b");
        assertThat(values(PREFIX + "other")).containsExactly("x", "y");
    }

    @Test
    void aServerThatForgotItsScriptsLearnsThemAgain() throws Exception {
        write(event("a", 1));
        server.commands().scriptFlush();

        assertThat(write(event("b", 2))).containsExactly(APPLIED);
    }

    @Test
    void nobodyWritesToFreshetsOwnKeysOrToTopicsOrMoreThanFits() throws Exception {
        try (ValkeyConnection small = connection(server.uri(), ONE_A_CALL)) {
            List<WriteResult> results = new ValkeyWriter(small, PIPELINE, () -> 1)
                    .write(
                            List.of(
                                    toStream("freshet:x", "a", version(1), NOON, OptionalInt.empty()),
                                    new Operation.Publish(
                                            RULE,
                                            version(1),
                                            NOON,
                                            new Destination.Topic("t", "public.a/1"),
                                            () -> new byte[0]),
                                    event("x".repeat(5_000), 1),
                                    event("x".repeat(5_000), 1),
                                    event("b", 2)),
                            new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));

            assertThat(results.subList(0, 4))
                    .allSatisfy(result -> assertThat(result).isInstanceOf(WriteResult.Rejected.class));
            assertThat(results.get(4)).isEqualTo(APPLIED);
        }
        assertThat(values(EVENTS)).containsExactly("b");
    }

    @Test
    void aChannelIsToldInOrderUnderThePrefix() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        RedisClient client = RedisClient.create(server.uri());
        try (StatefulRedisPubSubConnection<String, String> subscriber = client.connectPubSub()) {
            subscriber.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    heard.add(channel + " " + message);
                }
            });
            subscriber.sync().subscribe(PREFIX + "news");

            assertThat(write(told("news", "a", 1), told("news", "b", 1), told("news", "c", 2)))
                    .containsOnly(APPLIED);

            assertThat(List.of(next(heard), next(heard), next(heard)))
                    .containsExactly("shop:news a", "shop:news b", "shop:news c");
        } finally {
            client.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        String message = heard.poll(20, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        return message;
    }
}
