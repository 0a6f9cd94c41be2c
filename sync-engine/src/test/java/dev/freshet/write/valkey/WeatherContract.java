package dev.freshet.write.valkey;

import static dev.freshet.write.valkey.Operations.PIPELINE;
import static dev.freshet.write.valkey.Operations.invalidate;
import static dev.freshet.write.valkey.Operations.put;
import static dev.freshet.write.valkey.Operations.remove;
import static dev.freshet.write.valkey.Operations.sweep;
import static dev.freshet.write.valkey.Outcomes.APPLIED;
import static dev.freshet.write.valkey.Outcomes.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.plan.CacheKey;
import dev.freshet.plan.Operation;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the writer makes of a server that is away, refuses or forgets. Every test has a server of its own. */
@Timeout(60)
abstract class WeatherContract {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final ValkeyLimits IMPATIENT =
            new ValkeyLimits(64, 256 << 10, 64, 16 << 20, 64 << 20, Duration.ofSeconds(2), Duration.ofSeconds(1));

    private final TestServer.Program program;
    private TestServer server;
    private ValkeyConnection connection;
    private ValkeyWriter writer;

    @SuppressWarnings("NullAway.Init")
    WeatherContract(TestServer.Program program) {
        this.program = program;
    }

    @BeforeEach
    void start() {
        server = TestServer.start(program);
        connection = connection(server.uri(), ValkeyLimits.DEFAULT);
        writer = new ValkeyWriter(connection, PIPELINE, () -> 1);
    }

    @AfterEach
    void stop() {
        connection.close();
        server.close();
    }

    private static ValkeyConnection connection(RedisURI uri) {
        return connection(uri, ValkeyLimits.DEFAULT);
    }

    private static ValkeyConnection connection(RedisURI uri, ValkeyLimits limits) {
        return new ValkeyConnection(new ValkeyTarget(uri, "", WINDOW, limits));
    }

    private List<WriteResult> write(Operation... operations) throws InterruptedException {
        return writer.write(List.of(operations), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));
    }

    private static void assertRetry(WriteResult result, String reason) {
        assertThat(result).isInstanceOfSatisfying(WriteResult.RetryAfter.class, retry -> {
            assertThat(retry.reason()).startsWith(reason);
            assertThat(retry.delay()).isPositive();
        });
    }

    private static String where(RedisURI uri) {
        return uri.getHost() + ":" + uri.getPort();
    }

    private static String big(int kilobytes) {
        return "x".repeat(kilobytes << 10);
    }

    private void fill() throws InterruptedException {
        write(put("filled", big(1_024), 1, "1"));
        server.commands().configSet("maxmemory-policy", "noeviction");
        server.commands().configSet("maxmemory", "1mb");
    }

    @Test
    void aPutWaitsForMemory() throws Exception {
        fill();

        assertRetry(write(put("p:1", "a", 1, "1")).getFirst(), "OOM");
        assertThat(server.commands().exists("p:1")).isZero();

        server.commands().configSet("maxmemory", "0");
        assertThat(write(put("p:1", "a", 1, "1"))).containsExactly(APPLIED);
    }

    @Test
    void removalsGoThroughWithoutMemoryAndLetNoPutIn() throws Exception {
        write(put("p:1", "a", 1, "1"));
        fill();

        List<WriteResult> results = write(invalidate("p:9", 2), put("p:2", "b", 2, "2"), remove("p:1", 2, "1"));

        assertThat(results.get(0)).isEqualTo(APPLIED);
        assertRetry(results.get(1), "OOM");
        assertThat(results.get(2)).isEqualTo(APPLIED);
        assertThat(server.commands().exists("p:1", "p:2")).isZero();
    }

    @Test
    void whatFollowsOnAKeyThatIsPutOffIsPutOffToo() throws Exception {
        write(put("p:1", "a", 1, "1"));
        fill();
        List<Operation> takeover = List.of(put("p:1", "b", 2, "2"), remove("p:1", 3, "1"), sweep("q:", 4));

        List<WriteResult> results = writer.write(takeover, new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));

        assertThat(results).allSatisfy(result -> assertRetry(result, "OOM"));
        assertThat(server.commands().get("p:1")).isEqualTo("a");

        server.commands().configSet("maxmemory", "0");
        assertThat(writer.write(takeover, new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW)))
                .containsExactly(APPLIED, SUPERSEDED, APPLIED);
        assertThat(server.commands().get("p:1")).isEqualTo("b");
    }

    @Test
    void aReplicaIsNotWrittenToAndAPrimaryIsAgain() throws Exception {
        write(put("p:1", "a", 1, "1"));
        try (TestServer primary = TestServer.start(program)) {
            server.commands().replicaof("127.0.0.1", primary.uri().getPort());

            WriteResult result = write(put("p:1", "b", 2, "1")).getFirst();

            assertThat(result).isInstanceOf(WriteResult.RetryAfter.class);
            assertThat(((WriteResult.RetryAfter) result).reason()).matches("(?s)(READONLY|LOADING|MASTERDOWN) .*");
            server.commands().replicaofNoOne();
            assertThat(write(put("p:1", "b", 2, "1"))).containsExactly(APPLIED);
        }
    }

    @Test
    void aServerThatBecameAReplicaIsLeftForWhateverItsNameLeadsToNow() throws Exception {
        write(put("p:1", "a", 1, "1"));
        String before = writersConnection();
        server.commands().replicaof("127.0.0.1", 1);
        assertRetry(write(put("p:1", "b", 2, "1")).getFirst(), "READONLY");
        server.commands().replicaofNoOne();

        write(put("p:1", "b", 2, "1"));

        assertThat(writersConnection()).isNotEqualTo(before);
    }

    /** The number of the only connection whose last command was the writer's. */
    private String writersConnection() {
        return server.commands()
                .clientList()
                .lines()
                .filter(client -> client.contains("cmd=evalsha"))
                .map(client -> client.substring(0, client.indexOf(' ')))
                .collect(Collectors.joining());
    }

    @Test
    void aUserWithoutPermissionWaitsForAPerson() throws Exception {
        server.commands()
                .aclSetuser(
                        "app",
                        AclSetuserArgs.Builder.on()
                                .addPassword("secret")
                                .allCommands()
                                .keyPattern("p:*"));
        RedisURI uri = RedisURI.builder(server.uri())
                .withAuthentication("app", "secret".toCharArray())
                .build();
        try (ValkeyConnection restricted = connection(uri)) {
            ValkeyWriter user = new ValkeyWriter(restricted, PIPELINE, () -> 1);

            WriteResult result = user.write(
                            List.of(put("p:1", "a", 1, "1")), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW))
                    .getFirst();

            assertRetry(result, "NOPERM");
            assertThat(((WriteResult.RetryAfter) result).delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
            server.commands().aclSetuser("app", AclSetuserArgs.Builder.allKeys());
            assertThat(user.write(List.of(put("p:1", "a", 1, "1")), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW)))
                    .containsExactly(APPLIED);
        }
    }

    @Test
    void aPutThatFailsHalfwayLeavesNoEntryAndKeepsOlderOnesOut() throws Exception {
        write(put("p:1", "a", 1, "1"));
        server.commands()
                .aclSetuser(
                        "app",
                        AclSetuserArgs.Builder.on()
                                .addPassword("secret")
                                .allCommands()
                                .allKeys()
                                .removeCommand(CommandType.HSET));
        RedisURI uri = RedisURI.builder(server.uri())
                .withAuthentication("app", "secret".toCharArray())
                .build();
        try (ValkeyConnection restricted = connection(uri)) {
            List<WriteResult> results = new ValkeyWriter(restricted, PIPELINE, () -> 1)
                    .write(
                            List.of(put("p:1", Map.of("a", "b"), 2, "1"), put("p:2", "c", 2, "2")),
                            new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));

            assertThat(results.get(0)).isInstanceOf(WriteResult.RetryAfter.class);
            assertThat(results.get(1)).isEqualTo(APPLIED);
            assertThat(server.commands().exists("p:1")).isZero();
            assertThat(write(put("p:1", "a", 1, "1"))).containsExactly(SUPERSEDED);
        }
    }

    @Test
    void whatStandsBehindASweepThatIsPutOffWaitsForIt() throws Exception {
        server.commands()
                .aclSetuser(
                        "app",
                        AclSetuserArgs.Builder.on()
                                .addPassword("secret")
                                .allCommands()
                                .allKeys()
                                .removeCommand(CommandType.SCAN));
        RedisURI uri = RedisURI.builder(server.uri())
                .withAuthentication("app", "secret".toCharArray())
                .build();
        try (ValkeyConnection restricted = connection(uri)) {
            List<WriteResult> results = new ValkeyWriter(restricted, PIPELINE, () -> 1)
                    .write(
                            List.of(put("p:1", "a", 1, "1"), sweep("p:", 2), put("q:1", "b", 3, "1")),
                            new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));

            assertThat(results.get(0)).isEqualTo(APPLIED);
            assertRetry(results.get(1), "NOPERM");
            assertRetry(results.get(2), "NOPERM");
            assertThat(server.commands().exists("p:1", "q:1")).isOne();
        }
    }

    @Test
    void aWrongPasswordWaitsForAPerson() throws Exception {
        server.commands().configSet("requirepass", "right");
        RedisURI uri = RedisURI.builder(server.uri())
                .withPassword("wrong".toCharArray())
                .build();
        try (ValkeyConnection wrong = connection(uri)) {
            WriteResult result = new ValkeyWriter(wrong, PIPELINE, () -> 1)
                    .write(List.of(put("p:1", "a", 1, "1")), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW))
                    .getFirst();

            assertRetry(
                    result,
                    where(uri) + " refuses the user or the password, correct cache.user or cache.password: WRONGPASS");
            assertThat(((WriteResult.RetryAfter) result).delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        }
    }

    @Test
    void aMissingPasswordWaitsForAPerson() throws Exception {
        server.commands().configSet("requirepass", "right");
        try (ValkeyConnection without = connection(server.uri())) {
            assertRetry(
                    new ValkeyWriter(without, PIPELINE, () -> 1)
                            .write(List.of(put("p:1", "a", 1, "1")), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW))
                            .getFirst(),
                    where(server.uri()) + " asks for a password, set cache.password: NOAUTH");
        }
    }

    @Test
    void aServerHeldByAScriptIsAskedAgainLater() throws Exception {
        write(put("p:1", "a", 1, "1"));
        server.commands().configSet("lua-time-limit", "5");
        try (StatefulRedisConnection<String, String> other = server.another()) {
            RedisFuture<String> script = other.async().eval("while true do end", ScriptOutputType.STATUS);
            awaitBusy();

            assertRetry(write(put("p:1", "b", 2, "1")).getFirst(), "BUSY");

            server.commands().scriptKill();
            assertThat(script.toCompletableFuture()).failsWithin(Duration.ofSeconds(20));
            assertThat(write(put("p:1", "b", 2, "1"))).containsExactly(APPLIED);
        }
    }

    private void awaitBusy() {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                server.commands().ping();
            } catch (RedisCommandExecutionException e) {
                assertThat(e).hasMessageStartingWith("BUSY");
                return;
            }
        }
        throw new AssertionError("the script does not run");
    }

    @Test
    void aMemberOfAnIncompleteClusterIsAskedAgainLater() throws Exception {
        try (TestServer member = TestServer.start(program, "--cluster-enabled", "yes");
                ValkeyConnection toMember = connection(member.uri())) {
            assertRetry(
                    new ValkeyWriter(toMember, PIPELINE, () -> 1)
                            .write(List.of(put("p:1", "a", 1, "1")), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW))
                            .getFirst(),
                    "CLUSTERDOWN");
        }
    }

    @Test
    void aServerWithTooFewReplicasIsAskedAgainLater() throws Exception {
        server.commands().configSet("min-replicas-to-write", "1");

        assertRetry(write(put("p:1", "a", 1, "1")).getFirst(), "NOREPLICAS");
    }

    @Test
    void withoutAServerEverythingIsToBeRepeated() throws Exception {
        server.kill();

        assertThat(write(put("p:1", "a", 1, "1"), sweep("p:", 2)))
                .hasSize(2)
                .allSatisfy(result -> assertThat(result).isInstanceOf(WriteResult.RetryAfter.class));
    }

    @Test
    void aRestartedServerGetsItsScriptsBack() throws Exception {
        write(put("p:1", "a", 1, "1"));
        server.kill();
        assertThat(write(put("p:1", "b", 2, "1")).getFirst()).isInstanceOf(WriteResult.RetryAfter.class);
        server.startAgain();

        assertThat(write(put("p:1", "b", 2, "1"))).containsExactly(APPLIED);

        assertThat(server.commands().get("p:1")).isEqualTo("b");
    }

    @Test
    void aFrozenServerIsGivenUpAndFoundAgain() throws Exception {
        List<Operation> operations = new ArrayList<>();
        IntStream.range(0, 10_000).forEach(i -> operations.add(put("p:" + i, "b", 2, "1")));
        try (ValkeyConnection impatient = connection(server.uri(), IMPATIENT)) {
            ValkeyWriter other = new ValkeyWriter(impatient, PIPELINE, () -> 1);
            other.write(List.of(put("p:1", "a", 1, "1")), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));
            server.freeze();

            List<WriteResult> results = other.write(operations, new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));

            assertThat(results)
                    .hasSize(10_000)
                    .allSatisfy(result -> assertThat(result).isInstanceOf(WriteResult.RetryAfter.class));
            server.thaw();
            assertThat(other.write(operations.subList(0, 10), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW)))
                    .containsOnly(APPLIED);
        }
    }

    @Test
    void aCutConnectionLosesNoReply() throws Exception {
        List<Operation> operations = new ArrayList<>();
        IntStream.range(0, 20_000).forEach(i -> operations.add(put("p:" + i, "b", 2, "1")));
        write(put("p:1", "a", 1, "1"));
        Thread cutter = new Thread(() -> {
            for (int i = 0; i < 20; i++) {
                server.commands().clientKill(KillArgs.Builder.typeNormal().skipme());
            }
        });
        cutter.start();

        List<WriteResult> results = writer.write(operations, new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));
        cutter.join();

        assertThat(results).hasSize(20_000).doesNotContainNull();
        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i)).isInstanceOfAny(WriteResult.Applied.class, WriteResult.RetryAfter.class);
            if (results.get(i).equals(APPLIED)) {
                assertThat(((Operation.Put) operations.get(i)).key()).isEqualTo(new CacheKey("p:" + i));
                assertThat(server.commands().exists("p:" + i)).isOne();
            }
        }
        assertThat(writer.write(operations, new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW)))
                .containsOnly(APPLIED);
    }

    @Test
    void closingIsPromptWhileTheServerIsFrozen() throws Exception {
        ValkeyConnection other = connection(server.uri());
        new ValkeyWriter(other, PIPELINE, () -> 1)
                .write(List.of(put("p:1", "a", 1, "1")), new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW));
        server.freeze();
        long began = System.nanoTime();

        other.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        server.thaw();
    }
}
