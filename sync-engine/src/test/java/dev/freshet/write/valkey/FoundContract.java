package dev.freshet.write.valkey;

import static dev.freshet.write.valkey.Operations.FOR_EVER;
import static dev.freshet.write.valkey.Operations.PIPELINE;
import static dev.freshet.write.valkey.Operations.invalidate;
import static dev.freshet.write.valkey.Operations.version;
import static dev.freshet.write.valkey.Outcomes.APPLIED;
import static dev.freshet.write.valkey.Outcomes.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.RowId;
import dev.freshet.change.Version;
import dev.freshet.plan.CacheKey;
import dev.freshet.plan.CacheTag;
import dev.freshet.plan.Entry;
import dev.freshet.plan.Expiry;
import dev.freshet.plan.Operation;
import dev.freshet.rules.RuleName;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the writer promises of entries that a query fills. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FoundContract {
    private static final RowId ROW = new RowId(Operations.PRODUCT, "1");
    private static final RuleName RULE = new RuleName("found");
    private static final String PREFIX = "shop:";

    private final TestServer.Program program;
    private TestServer server;
    private ValkeyConnection connection;

    @SuppressWarnings("NullAway.Init")
    FoundContract(TestServer.Program program) {
        this.program = program;
    }

    @BeforeAll
    void start() {
        server = TestServer.start(program);
        connection = new ValkeyConnection(new ValkeyTarget(server.uri(), PREFIX, Duration.ofMinutes(10)));
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

    private WriteResult write(long leaderEpoch, Operation operation) throws InterruptedException {
        return new ValkeyWriter(connection, PIPELINE, () -> leaderEpoch)
                .write(List.of(operation), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW))
                .getFirst();
    }

    private static Operation found(Entry entry, Version version) {
        return found(entry, version, FOR_EVER, Set.of());
    }

    private static Operation found(Entry entry, Version version, Expiry expiry, Set<CacheTag> tags) {
        return new Operation.PutFound(RULE, version, Instant.EPOCH, ROW, new CacheKey("k"), entry, expiry, tags);
    }

    private static Operation found(String text, long version) {
        return found(new Entry.Text(text), version(version));
    }

    private static Operation nothingFound(long version, CacheTag... leave) {
        return new Operation.RemoveFound(RULE, version(version), Instant.EPOCH, ROW, new CacheKey("k"), Set.of(leave));
    }

    private String entry() {
        return String.valueOf(server.commands().get(PREFIX + "k"));
    }

    @Test
    void aSetIsReplacedWhole() throws Exception {
        write(1, found(new Entry.Members(Set.of("a", "b")), version(1)));
        write(1, found(new Entry.Members(Set.of("b", "c")), version(2)));

        assertThat(server.commands().smembers(PREFIX + "k")).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void aSortedSetIsReplacedWhole() throws Exception {
        write(1, found(new Entry.Scored(Map.of("a", 1.0, "b", 2.0)), version(1)));
        write(1, found(new Entry.Scored(Map.of("b", -2.5, "c", Double.POSITIVE_INFINITY)), version(2)));

        assertThat(server.commands().zrange(PREFIX + "k", 0, -1)).containsExactly("b", "c");
        assertThat(server.commands().zscore(PREFIX + "k", "b")).isEqualTo(-2.5);
        assertThat(server.commands().zscore(PREFIX + "k", "c")).isInfinite();
    }

    @Test
    void manyMembersAreWrittenWhole() throws Exception {
        Set<String> members = IntStream.range(0, 5_003)
                .mapToObj(Integer::toString)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<String, Double> scores = new LinkedHashMap<>();
        members.forEach(member -> scores.put(member, Double.valueOf(member)));

        write(1, found(new Entry.Members(members), version(1)));
        assertThat(server.commands().scard(PREFIX + "k")).isEqualTo(5_003);

        write(1, found(new Entry.Scored(scores), version(2)));
        assertThat(server.commands().zcard(PREFIX + "k")).isEqualTo(5_003);
        assertThat(server.commands().zscore(PREFIX + "k", "4711")).isEqualTo(4_711);
    }

    @Test
    void everyKindOfEntryExpires() throws Exception {
        Expiry hour = new Expiry.After(Duration.ofHours(1));
        for (Entry entry : List.of(
                new Entry.Text("t"),
                new Entry.Hash(Map.of("a", "b")),
                new Entry.Members(Set.of("a")),
                new Entry.Scored(Map.of("a", 1.0)))) {
            write(1, found(entry, version(1), hour, Set.of()));

            assertThat(server.commands().pttl(PREFIX + "k")).as("%s", entry).isBetween(3_500_000L, 3_600_000L);
        }
    }

    @Test
    void underOneLeaderTheNewerVersionWins() throws Exception {
        assertThat(write(1, found("new", 2))).isEqualTo(APPLIED);

        assertThat(write(1, found("old", 1))).isEqualTo(SUPERSEDED);
        assertThat(write(1, nothingFound(1))).isEqualTo(SUPERSEDED);
        assertThat(entry()).isEqualTo("new");
    }

    /** A leader that lost the lead without noticing may have come further in the log than the one that begins again. */
    @Test
    void aLaterLeaderAskedLaterWhateverVersionItHasComeTo() throws Exception {
        write(1, found("asked first", 7));

        assertThat(write(2, found("asked later", 3))).isEqualTo(APPLIED);
        assertThat(write(1, found("asked first", 8))).isEqualTo(SUPERSEDED);
        assertThat(write(1, nothingFound(9))).isEqualTo(SUPERSEDED);
        assertThat(entry()).isEqualTo("asked later");
    }

    @Test
    void leadersAreComparedAsUnsignedNumbers() throws Exception {
        write(0xFFFF_FFFF_0000_0000L, found("asked later", 1));

        assertThat(write(0x7FFF_FFFF_FFFF_FFFFL, found("asked first", 2))).isEqualTo(SUPERSEDED);
        assertThat(write(0xFFFF_FFFF_0000_0001L, found("asked last", 1))).isEqualTo(APPLIED);
    }

    /** Leaders count within a source epoch. */
    @Test
    void aLaterSourceEpochComesBeforeTheLeader() throws Exception {
        write(9, found(new Entry.Text("before the restore"), new Version(1, 0, 9, 0)));

        assertThat(write(1, found(new Entry.Text("after it"), new Version(2, 0, 1, 0))))
                .isEqualTo(APPLIED);
        assertThat(write(10, found(new Entry.Text("before it"), new Version(1, 0, 10, 0))))
                .isEqualTo(SUPERSEDED);
    }

    @Test
    void whatIsNotFoundIsGoneAndStaysGoneForOlderFindings() throws Exception {
        write(1, found("x", 1));

        assertThat(write(1, nothingFound(3))).isEqualTo(APPLIED);
        assertThat(write(1, found("x", 2))).isEqualTo(SUPERSEDED);
        assertThat(server.commands().exists(PREFIX + "k")).isZero();
        assertThat(write(2, found("x", 2))).isEqualTo(APPLIED);
    }

    @Test
    void anInvalidationAndAFindingGoByTheirVersions() throws Exception {
        write(1, invalidate("k", 5));

        assertThat(write(2, found("older", 4))).isEqualTo(SUPERSEDED);
        assertThat(write(2, found("newer", 6))).isEqualTo(APPLIED);
        assertThat(write(3, invalidate("k", 5))).isEqualTo(SUPERSEDED);
    }

    @Test
    void anEntryIsRegisteredUnderItsTagsAndLeavesThemWithItsRemoval() throws Exception {
        CacheTag tag = new CacheTag("lists");
        write(1, found(new Entry.Members(Set.of("a")), version(1), FOR_EVER, Set.of(tag)));
        assertThat(server.commands().smembers(PREFIX + "freshet:tag:lists")).containsExactly(PREFIX + "k");

        write(1, nothingFound(2, tag));
        assertThat(server.commands().exists(PREFIX + "freshet:tag:lists")).isZero();
    }

    @Test
    void aTagInvalidatesAnOlderFinding() throws Exception {
        CacheTag tag = new CacheTag("lists");
        write(1, found(new Entry.Text("x"), version(1), FOR_EVER, Set.of(tag)));

        write(1, new Operation.InvalidateTag(RULE, version(2), Instant.EPOCH, tag));

        assertThat(server.commands().exists(PREFIX + "k")).isZero();
        assertThat(write(1, found("again", 3))).isEqualTo(APPLIED);
    }
}
