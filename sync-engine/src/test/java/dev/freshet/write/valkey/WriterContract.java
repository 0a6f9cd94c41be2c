package dev.freshet.write.valkey;

import static dev.freshet.write.valkey.Operations.BRAND;
import static dev.freshet.write.valkey.Operations.FOR_EVER;
import static dev.freshet.write.valkey.Operations.PIPELINE;
import static dev.freshet.write.valkey.Operations.invalidate;
import static dev.freshet.write.valkey.Operations.put;
import static dev.freshet.write.valkey.Operations.remove;
import static dev.freshet.write.valkey.Operations.row;
import static dev.freshet.write.valkey.Operations.sweep;
import static dev.freshet.write.valkey.Operations.version;
import static dev.freshet.write.valkey.Outcomes.APPLIED;
import static dev.freshet.write.valkey.Outcomes.LATE;
import static dev.freshet.write.valkey.Outcomes.SUPERSEDED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.freshet.change.RowId;
import dev.freshet.change.Version;
import dev.freshet.plan.CacheKey;
import dev.freshet.plan.Entry;
import dev.freshet.plan.Expiry;
import dev.freshet.plan.Operation;
import dev.freshet.rules.expression.KeyPattern;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the writer promises of entries on a server that is well. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WriterContract {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final String PREFIX = "shop[1]:";

    private final TestServer.Program program;
    private TestServer server;
    private ValkeyConnection connection;
    private EntryInspector inspector;
    private long leaderEpoch;

    @SuppressWarnings("NullAway.Init")
    WriterContract(TestServer.Program program) {
        this.program = program;
    }

    @BeforeAll
    void start() {
        server = TestServer.start(program);
        connection = new ValkeyConnection(new ValkeyTarget(server.uri(), PREFIX, WINDOW));
        inspector = new EntryInspector(connection);
    }

    @AfterAll
    void stop() {
        connection.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        server.commands().flushall();
        leaderEpoch = 1;
    }

    private List<WriteResult> write(Operation... operations) throws InterruptedException {
        return write(List.of(operations));
    }

    private List<WriteResult> write(List<Operation> operations) throws InterruptedException {
        return write(operations, Instant::now);
    }

    private List<WriteResult> write(List<Operation> operations, Supplier<Instant> ledAt) throws InterruptedException {
        return new ValkeyWriter(connection, PIPELINE, () -> leaderEpoch)
                .write(operations, new Terms(ledAt, Terms.Fences.FOR_A_WINDOW));
    }

    private Inspection inspect(String key) throws TargetAwayException {
        return inspector.inspect(new CacheKey(key));
    }

    private Inspection.Cached cached(String key) throws TargetAwayException {
        return inspect(key).cached();
    }

    private Fence fence(String key) throws TargetAwayException {
        return inspect(key).guard().orElseThrow().fence();
    }

    private static Inspection.Cached text(String value) {
        return new Inspection.Cached.Text(value);
    }

    private static Inspection.Cached absent() {
        return new Inspection.Cached.Absent();
    }

    @Test
    void aTextIsStoredAsUtf8UnderThePrefixedKey() throws Exception {
        assertThat(write(put("produkt:ä", "Grüße", 1, "1"))).containsExactly(APPLIED);

        assertThat(server.commands().get(PREFIX + "produkt:ä")).isEqualTo("Grüße");
    }

    @Test
    void aJsonDocumentIsStoredAsItIs() throws Exception {
        write(put("p:1", new Entry.Json(() -> "{\"a\":1}".getBytes(UTF_8)), version(1), row("1"), FOR_EVER));

        assertThat(cached("p:1")).isEqualTo(text("{\"a\":1}"));
    }

    @Test
    void aHashIsReplacedWhole() throws Exception {
        write(put("p:1", Map.of("name", "a", "price", "3"), 1, "1"));

        write(put("p:1", Map.of("name", "b"), 2, "1"));

        assertThat(cached("p:1")).isEqualTo(new Inspection.Cached.Hash(Map.of("name", "b")));
    }

    @Test
    void aHashTakesThePlaceOfATextAndATextThatOfAHash() throws Exception {
        write(put("p:1", "text", 1, "1"), put("p:2", Map.of("a", "b"), 1, "2"));

        write(put("p:1", Map.of("a", "b"), 2, "1"), put("p:2", "text", 2, "2"));

        assertThat(cached("p:1")).isEqualTo(new Inspection.Cached.Hash(Map.of("a", "b")));
        assertThat(cached("p:2")).isEqualTo(text("text"));
    }

    @Test
    void aHashWithoutFieldsMeansNoEntry() throws Exception {
        write(put("p:1", Map.of("name", "a"), 1, "1"));

        assertThat(write(put("p:1", Map.of(), 2, "1"))).containsExactly(APPLIED);

        assertThat(cached("p:1")).isEqualTo(absent());
        assertThat(write(put("p:1", "older", 1, "1"))).containsExactly(SUPERSEDED);
    }

    @Test
    void aHashOfManyFieldsIsWrittenWhole() throws Exception {
        Map<String, String> fields = new HashMap<>();
        IntStream.range(0, 20_001).forEach(i -> fields.put("field" + i, "value" + i));

        write(put("p:1", fields, 1, "1"), put("p:2", "next", 1, "2"));

        assertThat(cached("p:1")).isEqualTo(new Inspection.Cached.Hash(fields));
        assertThat(cached("p:2")).isEqualTo(text("next"));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void anEntryLivesAsLongAsItsExpirySays(Entry entry) throws Exception {
        write(put("p:1", entry, version(1), row("1"), new Expiry.After(Duration.ofSeconds(90))));

        assertThat(inspect("p:1").expiresIn().orElseThrow()).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void aPutWithoutExpiryStaysUntilItIsRemoved(Entry entry) throws Exception {
        write(put("p:1", entry, version(1), row("1"), new Expiry.After(Duration.ofSeconds(90))));

        write(put("p:1", entry, version(2), row("1"), FOR_EVER));

        assertThat(inspect("p:1").expiresIn()).isEmpty();
    }

    static Stream<Entry> entries() {
        return Stream.of(new Entry.Text("text"), new Entry.Hash(Map.of("a", "b")));
    }

    @Test
    void anExpiryBeyondAllMeasureIsTaken() throws Exception {
        Expiry expiry = new Expiry.After(Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(write(put("p:1", new Entry.Text("a"), version(1), row("1"), expiry)))
                .containsExactly(APPLIED);
    }

    @Test
    void theFenceTellsVersionLeaderStateAndOwner() throws Exception {
        leaderEpoch = -2;
        Version version = new Version(-1, 7, Long.MIN_VALUE, 3);
        RowId owner = new RowId(BRAND, "a,b/c");

        write(put("p:1", new Entry.Text("a"), version, owner, FOR_EVER));

        assertThat(fence("p:1")).isEqualTo(new Fence(version, -2, Fence.State.STRING, Optional.of(owner)));
        assertThat(inspect("p:1").guard().orElseThrow().expiresIn()).isBetween(WINDOW.minusSeconds(20), WINDOW);
    }

    static Stream<Arguments> versionsInOrder() {
        return Stream.of(
                Arguments.of(new Version(1, 9, 9, 9), new Version(2, 0, 0, 0)),
                Arguments.of(new Version(1, 1, 9, 9), new Version(1, 2, 0, 0)),
                Arguments.of(new Version(1, 1, 1, 9), new Version(1, 1, 2, 0)),
                Arguments.of(new Version(1, 1, 1, 1), new Version(1, 1, 1, 2)),
                Arguments.of(new Version(1, 1, 1, 9), new Version(1, 1, 1, 10)),
                Arguments.of(new Version(1, 0, 0, Integer.MAX_VALUE), new Version(1, 0, 0, Integer.MIN_VALUE)),
                Arguments.of(new Version(1, 0, Long.MAX_VALUE, 0), new Version(1, 0, Long.MIN_VALUE, 0)),
                Arguments.of(new Version(1, 0, (1L << 53), 0), new Version(1, 0, (1L << 53) + 1, 0)),
                Arguments.of(new Version(1, -2L, 0, 0), new Version(1, -1L, 0, 0)),
                Arguments.of(new Version(Integer.MAX_VALUE, 0, 0, 0), new Version(-1, 0, 0, 0)));
    }

    @ParameterizedTest
    @MethodSource("versionsInOrder")
    void olderVersionNeverOverwritesANewerOne(Version older, Version newer) throws Exception {
        write(put("p:1", new Entry.Text("new"), newer, row("1"), FOR_EVER));

        assertThat(write(put("p:1", new Entry.Text("old"), older, row("1"), FOR_EVER)))
                .containsExactly(SUPERSEDED);

        assertThat(cached("p:1")).isEqualTo(text("new"));
    }

    @ParameterizedTest
    @MethodSource("versionsInOrder")
    void newerVersionOverwritesAnOlderOne(Version older, Version newer) throws Exception {
        write(put("p:1", new Entry.Text("old"), older, row("1"), FOR_EVER));

        assertThat(write(put("p:1", new Entry.Text("new"), newer, row("1"), FOR_EVER)))
                .containsExactly(APPLIED);

        assertThat(cached("p:1")).isEqualTo(text("new"));
    }

    @Test
    void aReplayedWriteAppliesAgain() throws Exception {
        write(put("p:1", "a", 1, "1"));
        server.commands().del(PREFIX + "p:1");

        assertThat(write(put("p:1", "a", 1, "1"))).containsExactly(APPLIED);

        assertThat(cached("p:1")).isEqualTo(text("a"));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 1L << 32, 1L << 40, Long.MIN_VALUE, -1})
    void anEarlierLeaderDoesNotRepeatWhatALaterOneWrote(long later) throws Exception {
        leaderEpoch = later;
        write(put("p:1", "later leader", 1, "1"));

        leaderEpoch--;

        assertThat(write(put("p:1", "earlier leader", 1, "1"))).containsExactly(SUPERSEDED);
        assertThat(cached("p:1")).isEqualTo(text("later leader"));
    }

    @Test
    void aLaterLeaderRepeatsWhatAnEarlierOneWrote() throws Exception {
        write(put("p:1", "earlier leader", 1, "1"));

        leaderEpoch = -1;

        assertThat(write(put("p:1", "later leader", 1, "1"))).containsExactly(APPLIED);
        assertThat(cached("p:1")).isEqualTo(text("later leader"));
    }

    @Test
    void aDeletedEntryStaysDeletedForOlderPuts() throws Exception {
        write(put("p:1", "a", 1, "1"), remove("p:1", 3, "1"));

        assertThat(write(put("p:1", "late", 2, "1"))).containsExactly(SUPERSEDED);

        assertThat(cached("p:1")).isEqualTo(absent());
        assertThat(fence("p:1").state()).isEqualTo(Fence.State.REMOVED);
    }

    @Test
    void aKeyUsedAgainAfterItsDeletionHoldsTheNewEntry() throws Exception {
        write(put("p:1", "a", 1, "1"), remove("p:1", 2, "1"), put("p:1", "b", 3, "2"));

        assertThat(cached("p:1")).isEqualTo(text("b"));
        assertThat(fence("p:1").owner()).contains(row("2"));
    }

    @Test
    void anInvalidationRemovesWhatAnApplicationFilled() throws Exception {
        server.commands().lpush(PREFIX + "p:1", "anything");

        assertThat(write(invalidate("p:1", 1))).containsExactly(APPLIED);

        assertThat(cached("p:1")).isEqualTo(absent());
    }

    @Test
    void anInvalidationOfAnAbsentKeyKeepsOlderPutsOut() throws Exception {
        assertThat(write(invalidate("p:1", 2))).containsExactly(APPLIED);

        assertThat(write(put("p:1", "late", 1, "1"))).containsExactly(SUPERSEDED);
    }

    @Test
    void onlyTheOwnerRowRemovesAnEntry() throws Exception {
        write(put("p:1", "a", 1, "1"));
        Fence before = fence("p:1");

        assertThat(write(remove("p:1", 2, "2"))).containsExactly(SUPERSEDED);

        assertThat(cached("p:1")).isEqualTo(text("a"));
        assertThat(fence("p:1")).isEqualTo(before);
        assertThat(write(remove("p:1", 2, "1"))).containsExactly(APPLIED);
    }

    @Test
    void aRowOfAnotherTableWithTheSameKeyIsNotTheOwner() throws Exception {
        write(put("p:1", new Entry.Text("a"), version(1), new RowId(BRAND, "1"), FOR_EVER));

        assertThat(write(remove("p:1", 2, "1"))).containsExactly(SUPERSEDED);
    }

    @Test
    void aRemovalAppliesWhereTheFenceIsGone() throws Exception {
        write(put("p:1", "a", 1, "1"));
        server.commands().del(new String(SlotTags.fenceOf((PREFIX + "p:1").getBytes(UTF_8)), UTF_8));

        assertThat(write(remove("p:1", 2, "2"))).containsExactly(APPLIED);

        assertThat(cached("p:1")).isEqualTo(absent());
    }

    @Test
    void swapOfTwoKeysByTwoRowsLeavesBothEntries() throws Exception {
        write(put("slug:x", "one", 1, "1"), put("slug:y", "two", 1, "2"));
        List<Operation> swap = List.of(
                put("slug:y", "one", 2, "1"),
                remove("slug:x", 2, "1"),
                put("slug:x", "two", 3, "2"),
                remove("slug:y", 3, "2"));

        write(swap);
        write(swap);

        assertThat(cached("slug:x")).isEqualTo(text("two"));
        assertThat(cached("slug:y")).isEqualTo(text("one"));
    }

    @Test
    void oneBadEntryDoesNotStopTheOthers() throws Exception {
        server.commands().lpush(new String(SlotTags.fenceOf((PREFIX + "p:2").getBytes(UTF_8)), UTF_8), "foreign");

        List<WriteResult> results = write(put("p:1", "a", 1, "1"), put("p:2", "b", 1, "2"), put("p:3", "c", 1, "3"));

        assertThat(results.get(0)).isEqualTo(APPLIED);
        assertThat(results.get(1))
                .isInstanceOfSatisfying(
                        WriteResult.Rejected.class,
                        rejected -> assertThat(rejected.reason()).startsWith("WRONGTYPE"));
        assertThat(results.get(2)).isEqualTo(APPLIED);
        assertThat(cached("p:3")).isEqualTo(text("c"));
    }

    @Test
    void aFenceKeyThatHoldsAnotherStringRejectsTheEntry() throws Exception {
        server.commands().set(new String(SlotTags.fenceOf((PREFIX + "p:1").getBytes(UTF_8)), UTF_8), "foreign");

        assertThat(write(put("p:1", "a", 1, "1")).getFirst()).isInstanceOf(WriteResult.Rejected.class);
    }

    @Test
    void lateWritesAreRefused() throws Exception {
        Instant led = Instant.now().minus(WINDOW.dividedBy(2)).minusSeconds(1);
        List<Operation> operations = List.of(put("p:1", "a", 1, "1"), invalidate("p:2", 1), sweep("p:", 2));

        assertThat(write(operations, () -> led)).containsOnly(LATE);

        assertThat(server.commands().dbsize()).isZero();
    }

    @Test
    void writesWithinHalfTheWindowAreNotLate() throws Exception {
        Instant led = Instant.now().minus(WINDOW.dividedBy(2)).plusSeconds(30);

        assertThat(write(List.of(put("p:1", "a", 1, "1")), () -> led)).containsExactly(APPLIED);
    }

    @Test
    void aServerThatForgotTheScriptGetsItAgain() throws Exception {
        write(put("p:1", "a", 1, "1"));
        server.commands().scriptFlush();

        assertThat(write(put("p:1", "b", 2, "1"), invalidate("p:2", 2))).containsExactly(APPLIED, APPLIED);

        assertThat(cached("p:1")).isEqualTo(text("b"));
    }

    @Test
    void anEntryThatIsTooLargeIsRejectedAndTheOthersAreNot() throws Exception {
        ValkeyLimits limits = new ValkeyLimits(64, 1_000, 4, 10_000, 100, Duration.ofSeconds(3), Duration.ofSeconds(5));
        try (ValkeyConnection small = new ValkeyConnection(new ValkeyTarget(server.uri(), "", WINDOW, limits))) {
            List<WriteResult> results = new ValkeyWriter(small, PIPELINE, () -> 1)
                    .write(
                            List.of(put("p:1", "x".repeat(101), 1, "1"), put("p:2", "ok", 1, "2")),
                            new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));

            assertThat(results.get(0)).isInstanceOf(WriteResult.Rejected.class);
            assertThat(results.get(1)).isEqualTo(APPLIED);
        }
    }

    @Test
    void noRuleWritesTheKeysOfFreshetItself() throws Exception {
        assertThat(write(invalidate("freshet:main:checkpoint", 1)).getFirst()).isInstanceOf(WriteResult.Rejected.class);
    }

    @Test
    void theDatabaseOfTheUriIsWritten() throws Exception {
        RedisURI third = RedisURI.builder(server.uri()).withDatabase(3).build();
        try (ValkeyConnection other = new ValkeyConnection(new ValkeyTarget(third, "", WINDOW))) {
            new ValkeyWriter(other, PIPELINE, () -> 1)
                    .write(List.of(put("p:1", "a", 1, "1")), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));
        }

        assertThat(server.commands().exists("p:1")).isZero();
        server.commands().select(3);
        assertThat(server.commands().get("p:1")).isEqualTo("a");
        server.commands().select(0);
    }

    @Test
    void moreThanTheServerMayBeSentAtOnceIsWrittenAll() throws Exception {
        ValkeyLimits limits = new ValkeyLimits(7, 500, 3, 1_000, 1_000, Duration.ofSeconds(3), Duration.ofSeconds(5));
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            operations.add(put("p:" + i, "value " + i, 1, "1"));
            operations.add(invalidate("q:" + i, 1));
        }
        try (ValkeyConnection small = new ValkeyConnection(new ValkeyTarget(server.uri(), "", WINDOW, limits))) {
            assertThat(new ValkeyWriter(small, PIPELINE, () -> 1)
                            .write(operations, new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW)))
                    .hasSize(10_000)
                    .containsOnly(APPLIED);
        }

        assertThat(server.commands().keys("p:*")).hasSize(5_000);
        assertThat(server.commands().get("p:4999")).isEqualTo("value 4999");
        assertThat(server.commands().dbsize()).isEqualTo(15_000);
    }

    @Test
    void operationsOnOneKeyTakeEffectInTheirOrderHoweverFarApart() throws Exception {
        List<Operation> operations = new ArrayList<>();
        operations.add(put("p:1", "a", 1, "1"));
        IntStream.range(0, 1_000).forEach(i -> operations.add(put("q:" + i, "x", 1, "q" + i)));
        operations.add(remove("p:1", 1, "2"));
        operations.add(remove("p:1", 2, "1"));
        IntStream.range(0, 1_000).forEach(i -> operations.add(remove("q:" + i, 2, "q" + i)));
        operations.add(put("p:1", "b", 3, "2"));

        List<WriteResult> results = write(operations);

        assertThat(results.get(1_001)).isEqualTo(SUPERSEDED);
        assertThat(results.stream().filter(APPLIED::equals)).hasSize(2_003);
        assertThat(cached("p:1")).isEqualTo(text("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo}bar", "{}x", "x{}{y}", "{a}b", "{{a}}", "}{", "{", "ä{ö}ü"})
    void keysWithBracesAreFencedLikeOthers(String key) throws Exception {
        write(put(key, "new", 2, "1"));

        assertThat(write(put(key, "old", 1, "1"))).containsExactly(SUPERSEDED);
        assertThat(cached(key)).isEqualTo(text("new"));
    }

    @Test
    void aSweepRemovesWhatMatchesAndNothingElse() throws Exception {
        write(put("p:1", "a", 1, "1"), put("p:2", Map.of("a", "b"), 1, "2"), put("p:2:x", "c", 1, "3"));
        server.commands().set(PREFIX + "p:3", "filled by an application");
        server.commands().set("shop1:p:4", "matches the prefix only as a glob");
        server.commands().set("p:5", "without the prefix");

        assertThat(write(sweep("p:", 2))).containsExactly(APPLIED);

        assertThat(List.of(cached("p:1"), cached("p:2"), cached("p:3"))).containsOnly(absent());
        assertThat(cached("p:2:x")).isEqualTo(text("c"));
        assertThat(server.commands().exists("shop1:p:4", "p:5")).isEqualTo(2);
        assertThat(fence("p:3").state()).isEqualTo(Fence.State.SWEPT);
    }

    @Test
    void aSweepKeepsOlderPutsOut() throws Exception {
        write(put("p:1", "a", 1, "1"), sweep("p:", 3));

        assertThat(write(put("p:1", "late", 2, "1"))).containsExactly(SUPERSEDED);
        assertThat(write(put("p:1", "new", 4, "1"))).containsExactly(APPLIED);
    }

    @Test
    void aSweepLeavesNewerEntriesAndThoseOfOtherTables() throws Exception {
        write(
                put("p:1", "newer", 5, "1"),
                put("p:2", new Entry.Text("brand's"), version(1), new RowId(BRAND, "2"), FOR_EVER));

        assertThat(write(sweep("p:", 4))).containsExactly(APPLIED);

        assertThat(cached("p:1")).isEqualTo(text("newer"));
        assertThat(cached("p:2")).isEqualTo(text("brand's"));
    }

    @Test
    void aSweepComesAfterWhatStandsBeforeItAndBeforeWhatStandsBehind() throws Exception {
        List<Operation> operations = new ArrayList<>();
        IntStream.range(0, 3_000).forEach(i -> operations.add(put("p:" + i, "old", 1, "1")));
        operations.add(sweep("p:", 2));
        operations.add(put("p:7", "new", 3, "1"));

        assertThat(write(operations)).containsOnly(APPLIED);

        assertThat(server.commands().keys(PREFIX.replace("[", "\\[").replace("]", "\\]") + "p:*"))
                .containsExactly(PREFIX + "p:7");
    }

    @Test
    void sweepsThatFollowOneAnotherEachTakeWhatTheyMatch() throws Exception {
        write(put("p:1", "a", 1, "1"), put("q:1", "b", 1, "1"), put("r:1", "c", 1, "1"));

        assertThat(write(sweep("p:", 2), sweep("q:", 2), put("q:2", "new", 3, "1")))
                .containsOnly(APPLIED);

        assertThat(List.of(cached("p:1"), cached("q:1"))).containsOnly(absent());
        assertThat(List.of(cached("r:1"), cached("q:2"))).containsExactly(text("c"), text("new"));
    }

    /** As a whole it takes several times as long as a single write may be under way. */
    @Test
    void aSweepOfManyKeysAndWhatStandsBehindItAreNotLate() throws Exception {
        Duration window = Duration.ofSeconds(1);
        server.commands()
                .eval(
                        "for i = 1, 400000 do redis.call('SET', KEYS[1] .. i, 'x') end",
                        ScriptOutputType.STATUS,
                        PREFIX + "p:");
        try (ValkeyConnection hasty = new ValkeyConnection(new ValkeyTarget(server.uri(), PREFIX, window))) {
            long begun = System.nanoTime();

            List<WriteResult> results = new ValkeyWriter(hasty, PIPELINE, () -> 1)
                    .write(
                            List.of(sweep("p:", 2), put("p:7", "new", 3, "1")),
                            new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(window.dividedBy(2));
            assertThat(results).containsOnly(APPLIED);
        }
        assertThat(cached("p:7")).isEqualTo(text("new"));
        assertThat(cached("p:8")).isEqualTo(absent());
    }

    @Test
    void aSweepWithoutPrefixLeavesFencesAndWhatFreshetKeepsForItself() throws Exception {
        try (ValkeyConnection bare = new ValkeyConnection(new ValkeyTarget(server.uri(), "", WINDOW))) {
            ValkeyWriter writer = new ValkeyWriter(bare, PIPELINE, () -> 1);
            writer.write(List.of(put("1", "a", 1, "1")), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));
            server.commands().set("freshet:main:checkpoint", "{}");
            Operation.Sweep all = new Operation.Sweep(
                    sweep("", 2).rule(),
                    version(2),
                    Instant.EPOCH,
                    new KeyPattern("*", Pattern.compile("(?s).*")),
                    Operations.PRODUCT);

            assertThat(writer.write(List.of(all), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW)))
                    .containsExactly(APPLIED);

            assertThat(server.commands().keys("*"))
                    .containsExactlyInAnyOrder(
                            new String(SlotTags.fenceOf("1".getBytes(UTF_8)), UTF_8), "freshet:main:checkpoint");
        }
    }

    @Test
    void anInspectionShowsTypesThatFreshetDoesNotWrite() throws Exception {
        server.commands().lpush(PREFIX + "p:1", "a");

        assertThat(cached("p:1")).isEqualTo(new Inspection.Cached.Other("list"));
        assertThat(inspect("p:1").guard()).isEmpty();
    }
}
