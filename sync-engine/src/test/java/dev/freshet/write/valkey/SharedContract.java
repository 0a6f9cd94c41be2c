package dev.freshet.write.valkey;

import static dev.freshet.write.valkey.Operations.FOR_EVER;
import static dev.freshet.write.valkey.Operations.PIPELINE;
import static dev.freshet.write.valkey.Operations.PRODUCT;
import static dev.freshet.write.valkey.Operations.row;
import static dev.freshet.write.valkey.Operations.version;
import static dev.freshet.write.valkey.Outcomes.APPLIED;
import static dev.freshet.write.valkey.Outcomes.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.plan.CacheKey;
import dev.freshet.plan.CacheTag;
import dev.freshet.plan.Entry;
import dev.freshet.plan.Expiry;
import dev.freshet.plan.KeyPrefix;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Part;
import dev.freshet.plan.PartPattern;
import dev.freshet.plan.Share;
import dev.freshet.plan.Tagging;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.expression.KeyPattern;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the writer promises of entries that rows share, of tags and of moments. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharedContract {
    private static final RuleName RULE = new RuleName("shared");
    private static final TableId STOCK = new TableId("public", "stock");
    private static final String PREFIX = "shop:";

    private final TestServer.Program program;
    private TestServer server;
    private ValkeyConnection connection;

    @SuppressWarnings("NullAway.Init")
    SharedContract(TestServer.Program program) {
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

    private List<WriteResult> write(Operation... operations) throws InterruptedException {
        return new ValkeyWriter(connection, PIPELINE, () -> 1)
                .write(List.of(operations), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));
    }

    private static Operation put(String key, Share share, long version, RowId owner) {
        return new Operation.PutPart(RULE, version(version), Instant.EPOCH, new CacheKey(key), owner, share);
    }

    private static Operation remove(String key, Part part, long version, RowId owner) {
        return new Operation.RemovePart(RULE, version(version), Instant.EPOCH, new CacheKey(key), part, owner);
    }

    private static Share member(String text) {
        return new Share.SetMember(new Part.SetMember(text));
    }

    private static Share scored(String text, double score) {
        return new Share.SortedSetMember(new Part.SortedSetMember(text), score);
    }

    private static KeyPattern all(String beginning) {
        return new KeyPattern(beginning + "*", Pattern.compile(Pattern.quote(beginning) + ".*"));
    }

    @Nested
    class PartsOfHashes {
        private static final Part.Fields PRICES = new Part.Fields(List.of("price", "sale"));
        private static final Part.Fields STOCKS = new Part.Fields(List.of("stock"));

        @Test
        void rowsOfTwoTablesKeepTheirOwnFieldsOfOneHash() throws Exception {
            RowId stock = new RowId(STOCK, "9");

            assertThat(write(
                            put("p:1", new Share.Fields(PRICES, Map.of("price", "5", "sale", "no")), 1, row("1")),
                            put("p:1", new Share.Fields(STOCKS, Map.of("stock", "3")), 2, stock)))
                    .containsOnly(APPLIED);
            assertThat(server.commands().hgetall("shop:p:1"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("price", "5", "sale", "no", "stock", "3"));

            assertThat(write(remove("p:1", PRICES, 3, row("1")))).containsOnly(APPLIED);
            assertThat(server.commands().hgetall("shop:p:1")).containsExactly(Map.entry("stock", "3"));

            write(remove("p:1", STOCKS, 4, stock));
            assertThat(server.commands().exists("shop:p:1")).isZero();
        }

        @Test
        void aFieldThatBecameNullGoes() throws Exception {
            write(
                    put("p:1", new Share.Fields(PRICES, Map.of("price", "5", "sale", "no")), 1, row("1")),
                    put("p:1", new Share.Fields(PRICES, Map.of("price", "6")), 2, row("1")));

            assertThat(server.commands().hgetall("shop:p:1")).containsExactly(Map.entry("price", "6"));
        }

        @Test
        void anOlderPartIsKeptOutAndLeavesTheOthersAlone() throws Exception {
            Part.Field field = new Part.Field("a");
            write(put("h", new Share.Field(field, "new"), 5, row("1")));

            assertThat(write(
                            put("h", new Share.Field(field, "old"), 4, row("1")),
                            put("h", new Share.Field(new Part.Field("b"), "x"), 1, row("2"))))
                    .containsExactly(SUPERSEDED, APPLIED);
            assertThat(server.commands().hgetall("shop:h"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of("a", "new", "b", "x"));
        }

        @Test
        void aPartThatWasRemovedStaysRemovedForOlderPuts() throws Exception {
            Part.Field field = new Part.Field("a");
            write(put("h", new Share.Field(field, "x"), 1, row("1")), remove("h", field, 3, row("1")));

            assertThat(write(put("h", new Share.Field(field, "late"), 2, row("1"))))
                    .containsExactly(SUPERSEDED);
            assertThat(server.commands().exists("shop:h")).isZero();
        }

        @Test
        void anotherRowsPartIsNotRemoved() throws Exception {
            Part.Field field = new Part.Field("a");
            write(put("h", new Share.Field(field, "2's"), 2, row("2")));

            assertThat(write(remove("h", field, 3, row("1")))).containsExactly(SUPERSEDED);
            assertThat(server.commands().hget("shop:h", "a")).isEqualTo("2's");
        }

        @Test
        void manyFieldsPassInOneWrite() throws Exception {
            List<String> names = new ArrayList<>();
            Map<String, String> values = new java.util.HashMap<>();
            for (int i = 0; i < 9_000; i++) {
                names.add("f" + i);
                values.put("f" + i, "v");
            }
            Part.Fields part = new Part.Fields(names);

            assertThat(write(put("h", new Share.Fields(part, values), 1, row("1"))))
                    .containsOnly(APPLIED);
            assertThat(server.commands().hlen("shop:h")).isEqualTo(9_000);
            assertThat(write(remove("h", part, 2, row("1")))).containsOnly(APPLIED);
            assertThat(server.commands().exists("shop:h")).isZero();
        }
    }

    @Nested
    class Members {
        @Test
        void aSetHoldsAMemberARow() throws Exception {
            write(put("s", member("a"), 1, row("1")), put("s", member("b"), 2, row("2")));
            assertThat(server.commands().smembers("shop:s")).containsExactlyInAnyOrder("a", "b");

            write(remove("s", new Part.SetMember("a"), 3, row("1")));
            assertThat(server.commands().smembers("shop:s")).containsExactly("b");
        }

        @Test
        void aSortedSetFollowsScores() throws Exception {
            write(
                    put("z", scored("a", 1.5), 1, row("1")),
                    put("z", scored("b", Double.NEGATIVE_INFINITY), 2, row("2")));
            write(put("z", scored("a", -2), 3, row("1")));

            assertThat(server.commands().zscore("shop:z", "a")).isEqualTo(-2);
            assertThat(server.commands().zrange("shop:z", 0, -1)).containsExactly("b", "a");
            write(remove("z", new Part.SortedSetMember("b"), 4, row("2")));
            assertThat(server.commands().zcard("shop:z")).isEqualTo(1);
        }

        @Test
        void aKeyOfAnotherTypeIsRejectedAndLeftAlone() throws Exception {
            server.commands().set("shop:s", "text");

            assertThat(write(put("s", member("a"), 1, row("1"))).getFirst()).isInstanceOf(WriteResult.Rejected.class);
            assertThat(server.commands().get("shop:s")).isEqualTo("text");
        }

        @Test
        void aTruncateTakesThePartsOfItsTableOnly() throws Exception {
            write(
                    put("s:1", member("a"), 1, row("1")),
                    put("s:1", member("b"), 1, new RowId(STOCK, "1")),
                    put("z:1", scored("a", 1), 1, row("1")),
                    put("h:1", new Share.Field(new Part.Field("a"), "x"), 1, row("1")));

            assertThat(write(
                            sweep("s:", new PartPattern.SetMember(all("")), 2),
                            sweep("z:", new PartPattern.SortedSetMember(all("")), 2),
                            sweep("h:", new PartPattern.Field(all("")), 2)))
                    .containsOnly(APPLIED);

            assertThat(server.commands().smembers("shop:s:1")).containsExactly("b");
            assertThat(server.commands().exists("shop:z:1", "shop:h:1")).isZero();
        }

        private Operation sweep(String beginning, PartPattern parts, long version) {
            return new Operation.SweepParts(RULE, version(version), Instant.EPOCH, all(beginning), parts, PRODUCT);
        }
    }

    @Nested
    class Tags {
        private Operation tagged(String key, String value, long version, Set<String> join, Set<String> leave) {
            return new Operation.Put(
                    RULE,
                    version(version),
                    Instant.EPOCH,
                    new CacheKey(key),
                    row(key),
                    new Entry.Text(value),
                    FOR_EVER,
                    new Tagging(tags(join), tags(leave)));
        }

        private static Set<CacheTag> tags(Set<String> texts) {
            return texts.stream().map(CacheTag::new).collect(java.util.stream.Collectors.toSet());
        }

        private Operation invalidate(String tag, long version) {
            return new Operation.InvalidateTag(RULE, version(version), Instant.EPOCH, new CacheTag(tag));
        }

        private boolean present(String key) {
            return server.commands().exists(PREFIX + key) == 1;
        }

        @Test
        void anInvalidatedTagTakesWhatIsOlderAndNothingElse() throws Exception {
            write(
                    tagged("p:1", "old", 1, Set.of("c7", "all"), Set.of()),
                    tagged("p:2", "of the same change", 5, Set.of("c7"), Set.of()),
                    tagged("p:3", "newer", 6, Set.of("c7"), Set.of()),
                    tagged("p:4", "of another tag", 1, Set.of("c8"), Set.of()));

            assertThat(write(invalidate("c7", 5))).containsExactly(APPLIED);

            assertThat(List.of(present("p:1"), present("p:2"), present("p:3"), present("p:4")))
                    .containsExactly(false, true, true, true);
            assertThat(server.commands().smembers("shop:freshet:tag:c7"))
                    .containsExactlyInAnyOrder("shop:p:2", "shop:p:3");
        }

        @Test
        void aTagIsNotInvalidatedBeforeAnOlderPutThatWasPutOff() throws Exception {
            Operation put = tagged("p:1", "old", 1, Set.of("c7"), Set.of());
            server.commands().configSet("maxmemory-policy", "noeviction");
            server.commands().configSet("maxmemory", "1");
            List<WriteResult> refused;
            try {
                refused = write(put, invalidate("c7", 2));
            } finally {
                server.commands().configSet("maxmemory", "0");
            }

            assertThat(refused).hasOnlyElementsOfType(WriteResult.RetryAfter.class);
            assertThat(write(put, invalidate("c7", 2))).containsOnly(APPLIED);
            assertThat(present("p:1")).isFalse();
        }

        @Test
        void anEntryLeavesTagsThatNoLongerFollow() throws Exception {
            write(tagged("p:1", "a", 1, Set.of("c7"), Set.of()));
            write(tagged("p:1", "b", 2, Set.of("c8"), Set.of("c7")));

            write(invalidate("c7", 9));

            assertThat(present("p:1")).isTrue();
            assertThat(server.commands().exists("shop:freshet:tag:c7")).isZero();
        }

        @Test
        void anOlderPutNeitherJoinsNorLeaves() throws Exception {
            write(tagged("p:1", "new", 3, Set.of("c8"), Set.of("c7")));

            assertThat(write(tagged("p:1", "old", 2, Set.of("c7"), Set.of("c8"))))
                    .containsExactly(SUPERSEDED);

            assertThat(server.commands().exists("shop:freshet:tag:c7")).isZero();
            assertThat(server.commands().smembers("shop:freshet:tag:c8")).containsExactly("shop:p:1");
        }

        @Test
        void aRemovedEntryLeavesItsTags() throws Exception {
            write(tagged("p:1", "a", 1, Set.of("c7"), Set.of()));

            write(new Operation.Remove(
                    RULE, version(2), Instant.EPOCH, new CacheKey("p:1"), row("p:1"), tags(Set.of("c7"))));

            assertThat(server.commands().exists("shop:freshet:tag:c7")).isZero();
        }

        @Test
        void whatAnApplicationRegisteredGoesAsWell() throws Exception {
            server.commands().set("shop:page", "filled");
            server.commands().sadd("shop:freshet:tag:c7", "shop:page");

            write(invalidate("c7", 1));

            assertThat(present("page")).isFalse();
        }

        @Test
        void aTruncateTakesEveryTagThatMatches() throws Exception {
            write(
                    tagged("p:1", "a", 1, Set.of("c7"), Set.of()),
                    tagged("p:2", "b", 1, Set.of("c8"), Set.of()),
                    tagged("p:3", "c", 1, Set.of("d"), Set.of()));

            assertThat(write(new Operation.InvalidateTags(RULE, version(2), Instant.EPOCH, all("c"))))
                    .containsExactly(APPLIED);

            assertThat(List.of(present("p:1"), present("p:2"), present("p:3"))).containsExactly(false, false, true);
        }

        @Test
        void aTruncateOfATableTakesItsEntriesUnderATagThatMatch() throws Exception {
            write(tagged("p:1", "a", 1, Set.of("c7"), Set.of()), tagged("q:1", "b", 1, Set.of("c7"), Set.of()));

            write(new Operation.SweepTagged(RULE, version(2), Instant.EPOCH, all("c"), all("p:"), PRODUCT));

            assertThat(List.of(present("p:1"), present("q:1"))).containsExactly(false, true);
        }

        @Test
        void anInvalidatedPrefixTakesWhatIsOlder() throws Exception {
            write(
                    tagged("page:1", "old", 1, Set.of(), Set.of()),
                    tagged("page:2", "newer", 3, Set.of(), Set.of()),
                    tagged("pages", "of another beginning", 1, Set.of(), Set.of()));
            server.commands().set("shop:page:3", "filled");

            write(new Operation.InvalidatePrefix(RULE, version(2), Instant.EPOCH, new KeyPrefix("page:")));

            assertThat(List.of(present("page:1"), present("page:2"), present("page:3"), present("pages")))
                    .containsExactly(false, true, false, true);
        }
    }

    @Nested
    class Moments {
        private Operation until(Entry entry, Instant moment, long version) {
            return Operations.put("p:1", entry, version(version), row("1"), new Expiry.At(moment));
        }

        @Test
        void anEntryLivesUntilItsMoment() throws Exception {
            Instant moment = Instant.now().plusSeconds(1_000);
            for (Entry entry : List.of(new Entry.Text("a"), new Entry.Hash(Map.of("a", "b")))) {
                server.commands().flushall();

                assertThat(write(until(entry, moment, 1))).containsOnly(APPLIED);

                assertThat(server.commands().pttl("shop:p:1")).isBetween(900_000L, 1_000_000L);
            }
        }

        @Test
        void anEntryWhoseMomentHasPassedIsAbsent() throws Exception {
            for (Entry entry : List.of(new Entry.Text("a"), new Entry.Hash(Map.of("a", "b")))) {
                for (Instant passed : List.of(Instant.now().minusSeconds(5), Instant.EPOCH, Instant.MIN)) {
                    server.commands().flushall();
                    server.commands().set("shop:p:1", "before");

                    assertThat(write(until(entry, passed, 1))).containsOnly(APPLIED);

                    assertThat(server.commands().exists("shop:p:1")).isZero();
                }
            }
        }

        @Test
        void theFarthestMomentIsFarEnough() throws Exception {
            assertThat(write(until(new Entry.Text("a"), Instant.MAX, 1))).containsOnly(APPLIED);

            assertThat(server.commands().pttl("shop:p:1"))
                    .isGreaterThan(Duration.ofDays(36_500).toMillis());
        }
    }
}
