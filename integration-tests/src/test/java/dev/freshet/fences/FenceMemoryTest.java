package dev.freshet.fences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.plan.CacheKey;
import dev.freshet.plan.Entry;
import dev.freshet.plan.Expiry;
import dev.freshet.plan.Operation;
import dev.freshet.rules.RuleName;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.Servers;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import dev.freshet.write.valkey.ValkeyConnection;
import dev.freshet.write.valkey.ValkeyTarget;
import dev.freshet.write.valkey.ValkeyWriter;
import io.lettuce.core.FlushMode;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a million fences weigh beside the entries that they guard, and beside none. */
@Tag("benchmark")
class FenceMemoryTest {
    private static final int ENTRIES = 1_000_000;
    private static final int AT_ONCE = 2_000;
    private static final RuleName RULE = new RuleName("product");
    private static final TableId PRODUCT = new TableId("public", "product");
    private static final String VALUE = "x".repeat(200);

    @Test
    void aMillion() throws Exception {
        try (CacheServer cache = Servers.chosen().cache();
                RedisClient client = RedisClient.create(cache.uri().toString());
                StatefulRedisConnection<String, String> plain = client.connect();
                ValkeyConnection connection = new ValkeyConnection(
                        new ValkeyTarget(RedisURI.create(cache.uri().toString()), "", Duration.ofHours(1)))) {
            RedisCommands<String, String> commands = plain.sync();
            ValkeyWriter writer = new ValkeyWriter(connection, "bench", () -> 1);

            long empty = used(commands);
            write(writer, true);
            long fenced = used(commands);
            write(writer, false);
            long tombstones = used(commands);
            assertThat(commands.dbsize()).isEqualTo(ENTRIES);
            commands.flushall(FlushMode.SYNC);
            for (int first = 0; first < ENTRIES; first += AT_ONCE) {
                commands.mset(IntStream.range(first, first + AT_ONCE)
                        .boxed()
                        .collect(Collectors.toMap(FenceMemoryTest::key, i -> VALUE)));
            }
            long bare = used(commands);

            System.out.printf(
                    "a million entries of %d bytes: %d MB; with their fences: %d MB; fences alone, of a million that were removed: %d MB%n",
                    VALUE.length(), megabytes(bare - empty), megabytes(fenced - empty), megabytes(tombstones - empty));
        }
    }

    private static void write(ValkeyWriter writer, boolean put) throws InterruptedException {
        for (int first = 0; first < ENTRIES; first += AT_ONCE) {
            List<Operation> operations = new ArrayList<>();
            for (int i = first; i < first + AT_ONCE; i++) {
                operations.add(put ? put(i) : remove(i));
            }
            assertThat(writer.write(operations, new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW)))
                    .hasOnlyElementsOfType(WriteResult.Applied.class);
        }
    }

    private static Operation put(int i) {
        return new Operation.Put(
                RULE,
                new Version(1, 0, i, 0),
                Instant.EPOCH,
                new CacheKey(key(i)),
                row(i),
                new Entry.Text(VALUE),
                new Expiry.Never());
    }

    private static Operation remove(int i) {
        return new Operation.Remove(RULE, new Version(2, 0, i, 0), Instant.EPOCH, new CacheKey(key(i)), row(i));
    }

    private static RowId row(int i) {
        return RowId.of(PRODUCT, List.of(Integer.toString(i)));
    }

    private static long used(RedisCommands<String, String> commands) {
        return commands.info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length())))
                .findFirst()
                .orElseThrow();
    }

    private static long megabytes(long bytes) {
        return bytes / 1_000_000;
    }

    private static String key(int i) {
        return "product:%07d".formatted(i);
    }
}
