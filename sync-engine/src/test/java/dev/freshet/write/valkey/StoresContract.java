package dev.freshet.write.valkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.change.SourcePosition;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.checkpoint.Basis;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.Owed;
import dev.freshet.checkpoint.ResyncRequest;
import dev.freshet.checkpoint.Sent;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.checkpoint.TableForm;
import dev.freshet.deadletter.DeadLetter;
import dev.freshet.rules.Fingerprint;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.Transcript;
import dev.freshet.write.TargetAwayException;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisURI;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the stores of the checkpoint, of rules and of dead letters promise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoresContract {
    private static final Basis BASIS = new Basis(new Fingerprint("0f"), new Fingerprint("f0"));
    private static final Checkpoint EARLY =
            new Checkpoint(new SourcePosition("{\"lsn\":\"ü\"}"), "7312/1", Integer.MIN_VALUE, BASIS);
    private static final Checkpoint LATE =
            new Checkpoint(new SourcePosition("later"), "7312/1", Integer.MIN_VALUE, BASIS);

    private static final Lead LEAD = new Lead(3, 7);
    private static final Transcript OLD = new Transcript("{\"rules\":\"ü\"}");
    private static final Transcript NEW = new Transcript("new");

    private final TestServer.Program program;
    private TestServer server;
    private ValkeyConnection connection;
    private long leaderEpoch;

    @SuppressWarnings("NullAway.Init")
    StoresContract(TestServer.Program program) {
        this.program = program;
    }

    @BeforeAll
    void start() {
        server = TestServer.start(program);
        connection = new ValkeyConnection(new ValkeyTarget(server.uri(), "shop:", Duration.ofMinutes(10)));
    }

    @AfterAll
    void stop() {
        connection.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        server.commands().configSet("maxmemory", "0");
        server.commands().flushall();
        leaderEpoch = 1;
    }

    private ValkeyCheckpoints checkpoints() {
        return new ValkeyCheckpoints(connection, "main", () -> leaderEpoch);
    }

    /** Returns when the connection has noticed. */
    private void cutConnections() {
        server.commands().clientKill(KillArgs.Builder.typeNormal().skipme());
        for (int tries = 0; tries < 100; tries++) {
            try {
                sent().load();
                return;
            } catch (TargetAwayException noticed) {
                // A new link comes with the next try.
            }
        }
        throw new AssertionError("no new link");
    }

    private ValkeySent sent() {
        return new ValkeySent(connection, "main");
    }

    private ValkeyDeadLetters deadLetters() {
        return new ValkeyDeadLetters(connection, "main");
    }

    @Test
    void aRequestStaysUntilThatOneIsAnswered() throws Exception {
        ResyncRequest first = new ResyncRequest("one");
        ResyncRequest second = new ResyncRequest("zwei, ü");
        assertThat(checkpoints().asked()).isEmpty();

        checkpoints().ask(first);
        assertThat(checkpoints().asked()).contains(first);
        checkpoints().ask(second);
        checkpoints().answered(first);
        assertThat(checkpoints().asked()).contains(second);
        assertThat(server.commands().ttl("shop:freshet:main:resync")).isEqualTo(-1);

        checkpoints().answered(second);
        checkpoints().answered(second);
        assertThat(checkpoints().asked()).isEmpty();
    }

    @Test
    void whatIsKeptUnderAPipelinesNameGoesAndNothingElse() throws Exception {
        ValkeyOwnKeys own = new ValkeyOwnKeys(connection, "main");
        assertThat(own.present()).isEmpty();
        new ValkeyTranscripts(connection, "main").save(LEAD, List.of(OLD));
        checkpoints().save(EARLY);
        deadLetters().add(List.of(letter(1, "a")));
        checkpoints().ask(new ResyncRequest("one"));
        new ValkeyCheckpoints(connection, "main2", () -> 1).save(EARLY);
        server.commands().set("shop:product:1", "{}");
        assertThat(own.present())
                .containsExactly(
                        "shop:freshet:main:checkpoint",
                        "shop:freshet:main:mark",
                        "shop:freshet:main:lead",
                        "shop:freshet:main:rules",
                        "shop:freshet:main:deadletters",
                        "shop:freshet:main:resync");

        own.remove();

        assertThat(own.present()).isEmpty();
        assertThat(server.commands().keys("*"))
                .containsExactlyInAnyOrder(
                        "shop:product:1",
                        "shop:freshet:main2:checkpoint",
                        "shop:freshet:main2:mark",
                        "shop:freshet:main2:lead");
        own.remove();
    }

    private static DeadLetter letter(int number, String reason) {
        return new DeadLetter(
                new RuleName("product"),
                Operations.PRODUCT,
                "row|" + number,
                Operations.version(number),
                Instant.parse("2026-11-01T10:15:30.000001Z"),
                reason);
    }

    @Test
    void anEmptyServerHasNoCheckpoint() throws Exception {
        assertThat(checkpoints().load()).isEmpty();
    }

    @Test
    void theLastCheckpointSavedIsLoadedAndNeverExpires() throws Exception {
        checkpoints().save(LATE);
        checkpoints().save(EARLY);

        assertThat(checkpoints().load()).contains(EARLY);
        assertThat(server.commands().ttl("shop:freshet:main:checkpoint")).isEqualTo(-1);
    }

    @Test
    void aConnectionThatWasCutLeadsToTheSameMemory() throws Exception {
        ValkeyCheckpoints store = checkpoints();
        store.save(EARLY);

        cutConnections();
        store.save(LATE);

        assertThat(store.load()).contains(LATE);
    }

    /** As a primary that failed, and leads again: it holds what its heir had. */
    @Test
    void aServerThatFollowedAnotherMayLackWhatWasWrittenSoNothingIsSavedThere() throws Exception {
        ValkeyCheckpoints store = checkpoints();
        store.save(EARLY);

        server.commands().replicaof("127.0.0.1", 1);
        server.commands().replicaofNoOne();
        cutConnections();

        assertThatExceptionOfType(StandDownException.class)
                .isThrownBy(() -> store.save(LATE))
                .withMessageContaining("may lack what was written last");
        assertThat(store.load()).contains(EARLY);
        store.save(LATE);
        assertThat(store.load()).contains(LATE);
    }

    @Test
    void whatIsAnnouncedIsLoadedByWhoeverComesNext() throws Exception {
        assertThat(sent().load()).isEmpty();
        Sent some = new Sent(new Version(-1, 2, -3, 4), Instant.ofEpochMilli(1_700_000_000_123L));

        sent().announce(LEAD, some);

        assertThat(sent().load()).contains(some);
    }

    @Test
    void whoeverWasSucceededAnnouncesNothingMore() throws Exception {
        Sent some = new Sent(Operations.version(1), Instant.EPOCH);
        ValkeySent store = sent();
        store.announce(LEAD, some);
        sent().announce(new Lead(LEAD.sourceEpoch(), LEAD.leaderEpoch() + 1), some);

        assertThatExceptionOfType(StandDownException.class)
                .isThrownBy(() -> store.announce(LEAD, new Sent(Operations.version(2), Instant.EPOCH)));
        assertThat(sent().load()).contains(some);
    }

    @Test
    void whatACheckpointOwesIsLoadedWithIt() throws Exception {
        Checkpoint owing = EARLY.owing(Owed.EVERYTHING.and(Operations.PRODUCT, Operations.version(7)));

        checkpoints().save(owing);

        assertThat(checkpoints().load()).contains(owing);
    }

    @Test
    void theFormsSavedLastAreLoadedAndNeverExpire() throws Exception {
        assertThat(forms().load()).isEmpty();
        Map<TableId, TableForm> saved = Map.of(Operations.PRODUCT, new TableForm("{\"ü\":1}"));

        forms().save(LEAD, Map.of());
        forms().save(LEAD, saved);

        assertThat(forms().load()).isEqualTo(saved);
        assertThat(server.commands().ttl("shop:freshet:main:tables")).isEqualTo(-1);
    }

    @Test
    void anEarlierLeaderDoesNotReplaceTheFormsOfALaterOne() throws Exception {
        Map<TableId, TableForm> saved = Map.of(Operations.PRODUCT, new TableForm("later"));
        forms().save(LEAD, saved);

        assertThatExceptionOfType(StandDownException.class).isThrownBy(() -> forms().save(new Lead(3, 6), Map.of()));
        assertThat(forms().load()).isEqualTo(saved);
    }

    @Test
    void whatIsNoListOfFormsTellsNothingOfAnyTable() throws Exception {
        server.commands().set("shop:freshet:main:tables", "?");

        assertThat(forms().load()).isEmpty();
    }

    private ValkeyForms forms() {
        return new ValkeyForms(connection, "main");
    }

    @Test
    void aLaterLeaderTakesTheCheckpointOver() throws Exception {
        checkpoints().save(EARLY);
        leaderEpoch = Long.MIN_VALUE;

        checkpoints().save(LATE);

        assertThat(checkpoints().load()).contains(LATE);
    }

    @Test
    void aLaterEpochOfTheSourceTakesTheCheckpointOverThoughItsLeadersCountFromTheBeginning() throws Exception {
        leaderEpoch = Long.MAX_VALUE;
        checkpoints().save(EARLY);
        leaderEpoch = 1;
        Checkpoint restored =
                new Checkpoint(new SourcePosition("of another server"), "8000/1", EARLY.sourceEpoch() + 1, BASIS);

        checkpoints().save(restored);

        assertThat(checkpoints().load()).contains(restored);
        leaderEpoch = Long.MIN_VALUE;
        assertThatExceptionOfType(StandDownException.class)
                .isThrownBy(() -> checkpoints().save(LATE));
    }

    @Test
    void anEarlierLeaderHearsThatItsLeadIsLost() throws Exception {
        leaderEpoch = Long.MIN_VALUE;
        checkpoints().save(LATE);
        leaderEpoch = Long.MAX_VALUE;

        assertThatExceptionOfType(StandDownException.class)
                .isThrownBy(() -> checkpoints().save(EARLY));

        assertThat(checkpoints().load()).contains(LATE);
    }

    @Test
    void anEarlierLeaderHearsOfALaterOneThatHasOnlyClaimed() throws Exception {
        ValkeyLead lead = new ValkeyLead(connection, "main");
        lead.claim(new Lead(3, Long.MAX_VALUE));
        lead.claim(new Lead(3, Long.MIN_VALUE));

        assertThatExceptionOfType(StandDownException.class)
                .isThrownBy(() -> lead.claim(new Lead(3, Long.MAX_VALUE)))
                .withMessageContaining("another process leads");
        leaderEpoch = Long.MAX_VALUE;
        assertThatExceptionOfType(StandDownException.class)
                .isThrownBy(() -> checkpoints().save(new Checkpoint(new SourcePosition("p"), "7/1", 3, BASIS)));

        assertThat(checkpoints().load()).isEmpty();
        lead.claim(new Lead(4, 1));
        assertThatExceptionOfType(StandDownException.class).isThrownBy(() -> lead.claim(new Lead(3, Long.MIN_VALUE)));
    }

    @Test
    void aClaimTellsTheServersTime() throws Exception {
        Instant before = serverTime();

        Instant led = new ValkeyLead(connection, "main").claim(new Lead(1, 1));

        assertThat(led).isBetween(before, serverTime());
        assertThat(new ValkeyLead(connection, "main").claim(new Lead(1, 1))).isAfterOrEqualTo(led);
    }

    private Instant serverTime() {
        List<String> time = server.commands().time();
        return Instant.ofEpochMilli(Long.parseLong(time.get(0)) * 1000 + Long.parseLong(time.get(1)) / 1000);
    }

    @Test
    void leadsOfTwoPipelinesAreTwo() throws Exception {
        new ValkeyLead(connection, "main").claim(new Lead(5, 5));

        assertThat(new ValkeyLead(connection, "another").claim(new Lead(1, 1))).isNotNull();
    }

    @Test
    void whatIsNoLeadIsNotOverwritten() {
        server.commands().set("shop:freshet:main:lead", "garbage");

        assertThatExceptionOfType(TargetAwayException.class)
                .isThrownBy(() -> new ValkeyLead(connection, "main").claim(new Lead(1, 1)));

        assertThat(server.commands().get("shop:freshet:main:lead")).isEqualTo("garbage");
    }

    @Test
    void aCacheThatLostItsMemoryIsNotGivenACheckpoint() throws Exception {
        ValkeyCheckpoints checkpoints = checkpoints();
        checkpoints.save(EARLY);
        server.commands().flushall();

        assertThatExceptionOfType(StandDownException.class)
                .isThrownBy(() -> checkpoints.save(LATE))
                .withMessageContaining("lost its memory");

        assertThat(checkpoints.load()).isEmpty();
        checkpoints.save(LATE);
        assertThat(checkpoints.load()).contains(LATE);
    }

    @Test
    void anEvictedCheckpointIsNoLostMemory() throws Exception {
        ValkeyCheckpoints checkpoints = checkpoints();
        checkpoints.save(EARLY);
        server.commands().del("shop:freshet:main:mark");
        checkpoints.save(EARLY);
        server.commands().del("shop:freshet:main:checkpoint");

        checkpoints.save(LATE);

        assertThat(checkpoints.load()).contains(LATE);
    }

    @Test
    void aCacheThatWentBackIsNotGivenACheckpoint() throws Exception {
        ValkeyCheckpoints checkpoints = checkpoints();
        checkpoints.save(EARLY);
        String old = server.commands().get("shop:freshet:main:checkpoint");
        checkpoints.save(LATE);
        server.commands().set("shop:freshet:main:checkpoint", old);

        assertThatExceptionOfType(StandDownException.class)
                .isThrownBy(() -> checkpoints.save(new Checkpoint(new SourcePosition("more"), "7312/1", 2, BASIS)));
    }

    @Test
    void aSaveWhoseReplyWasLostMayBeRepeated() throws Exception {
        ValkeyCheckpoints checkpoints = checkpoints();
        checkpoints.save(EARLY);
        checkpoints().save(LATE);

        checkpoints.save(LATE);

        assertThat(checkpoints.load()).contains(LATE);
    }

    @Test
    void aCheckpointThatIsNotStoredIsSaid() {
        server.commands().configSet("maxmemory-policy", "noeviction");
        server.commands().configSet("maxmemory", "1");

        assertThatExceptionOfType(TargetAwayException.class)
                .isThrownBy(() -> checkpoints().save(EARLY))
                .withMessageStartingWith("OOM")
                .withMessageNotContaining("\n");
    }

    @Test
    void aCheckpointThatCannotBeReadIsNotTakenForNone() {
        server.commands().set("shop:freshet:main:checkpoint", "garbage");

        assertThatExceptionOfType(TargetAwayException.class)
                .isThrownBy(() -> checkpoints().load());
        assertThatExceptionOfType(TargetAwayException.class)
                .isThrownBy(() -> checkpoints().save(EARLY));
    }

    @Test
    void aCheckpointOfAnotherVersionOfFreshetIsOneOfAnotherBasis() throws Exception {
        server.commands()
                .set(
                        "shop:freshet:main:checkpoint",
                        "{\"position\":\"p\",\"sourceIdentity\":\"7/1\",\"sourceEpoch\":5,\"more\":1}");
        ValkeyCheckpoints checkpoints = checkpoints();

        assertThat(checkpoints.load())
                .contains(new Checkpoint(
                        new SourcePosition("p"), "7/1", 5, new Basis(new Fingerprint(""), new Fingerprint(""))));
        checkpoints.save(LATE);
        assertThat(checkpoints.load()).contains(LATE);
    }

    @Test
    void aKeyOfAnotherTypeIsNotTakenForNoCheckpoint() {
        server.commands().lpush("shop:freshet:main:checkpoint", "garbage");

        assertThatExceptionOfType(TargetAwayException.class)
                .isThrownBy(() -> checkpoints().load())
                .withMessageStartingWith("WRONGTYPE");
    }

    private ValkeyTranscripts transcripts() {
        return new ValkeyTranscripts(connection, "main");
    }

    @Test
    void anEmptyServerHasNoRules() throws Exception {
        assertThat(transcripts().load()).isEmpty();
    }

    @Test
    void theLastRulesSavedAreLoadedInTheirOrderAndNeverExpire() throws Exception {
        ValkeyTranscripts transcripts = transcripts();
        transcripts.save(LEAD, List.of(OLD));
        transcripts.save(LEAD, List.of(OLD, NEW));

        assertThat(transcripts().load()).containsExactly(OLD, NEW);
        assertThat(server.commands().ttl("shop:freshet:main:rules")).isEqualTo(-1);
        assertThat(new ValkeyTranscripts(connection, "another").load()).isEmpty();
    }

    @Test
    void anEarlierLeaderSavesNoRules() throws Exception {
        ValkeyTranscripts transcripts = transcripts();
        transcripts.save(LEAD, List.of(OLD));
        new ValkeyLead(connection, "main").claim(new Lead(3, 8));

        assertThatExceptionOfType(StandDownException.class)
                .isThrownBy(() -> transcripts.save(LEAD, List.of(NEW)))
                .withMessageContaining("another process leads");

        assertThat(transcripts.load()).containsExactly(OLD);
    }

    @Test
    void rulesThatAreNotThoseThatWereLoadedAreNotReplaced() throws Exception {
        ValkeyTranscripts transcripts = transcripts();
        transcripts.save(LEAD, List.of(OLD));
        server.commands().del("shop:freshet:main:rules");

        assertThatExceptionOfType(StandDownException.class)
                .isThrownBy(() -> transcripts.save(LEAD, List.of(NEW)))
                .withMessageContaining("lost its memory");

        assertThat(transcripts.load()).isEmpty();
    }

    @Test
    void whatIsNoListOfRulesIsGivenAsItIsAndReplaced() throws Exception {
        server.commands().set("shop:freshet:main:rules", "garbage");
        ValkeyTranscripts transcripts = transcripts();

        assertThat(transcripts.load()).containsExactly(new Transcript("garbage"));

        transcripts.save(LEAD, List.of(NEW));
        assertThat(transcripts().load()).containsExactly(NEW);
    }

    @Test
    void rulesThatAreNotStoredAreSaid() {
        server.commands().configSet("maxmemory-policy", "noeviction");
        server.commands().configSet("maxmemory", "1");

        assertThatExceptionOfType(TargetAwayException.class)
                .isThrownBy(() -> transcripts().save(LEAD, List.of(NEW)))
                .withMessageStartingWith("OOM");
    }

    @Test
    void theSameLetterTwiceIsKeptOnce() throws Exception {
        deadLetters().add(List.of(letter(1, "first"), letter(2, "other")));

        deadLetters().add(List.of(letter(1, "again")));

        assertThat(deadLetters().list()).containsExactly(letter(1, "again"), letter(2, "other"));
    }

    @Test
    void manyLettersAreKeptAndListedByVersion() throws Exception {
        List<DeadLetter> letters =
                IntStream.range(0, 1_000).mapToObj(i -> letter(i, "reason")).toList();

        deadLetters().add(letters.reversed());

        assertThat(deadLetters().list()).isEqualTo(letters);
    }

    @Test
    void discardedLettersAreGone() throws Exception {
        deadLetters().add(List.of(letter(1, "a"), letter(2, "b")));

        deadLetters().discard(List.of(letter(1, "a"), letter(3, "never there")));

        assertThat(deadLetters().list()).containsExactly(letter(2, "b"));
    }

    @Test
    void noLettersAreNoWork() throws Exception {
        deadLetters().add(List.of());

        assertThat(deadLetters().list()).isEmpty();
    }

    @Test
    void aLetterThatIsNotStoredIsSaid() {
        server.commands().set("shop:freshet:main:deadletters", "not a hash");

        assertThatExceptionOfType(TargetAwayException.class)
                .isThrownBy(() -> deadLetters().add(List.of(letter(1, "a"))))
                .withMessageStartingWith("WRONGTYPE");
    }

    @Test
    void whatMakesRoomIsNotKnownWhereOneMayNotAsk() throws Exception {
        server.commands()
                .aclSetuser(
                        "app",
                        AclSetuserArgs.Builder.on()
                                .nopass()
                                .allKeys()
                                .allCommands()
                                .removeCommand(CommandType.INFO));
        RedisURI uri =
                RedisURI.builder(server.uri()).withAuthentication("app", "any").build();
        try (ValkeyConnection app = new ValkeyConnection(new ValkeyTarget(uri, "shop:", Duration.ofMinutes(10)))) {
            assertThat(Eviction.of(app)).isEmpty();
            assertThat(Eviction.of(connection)).isPresent();
        }
    }
}
