package dev.freshet.write.valkey;

import static dev.freshet.write.valkey.Operations.PIPELINE;
import static dev.freshet.write.valkey.Operations.invalidate;
import static dev.freshet.write.valkey.Operations.put;
import static dev.freshet.write.valkey.Operations.remove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.plan.Operation;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories, repeated and disordered, end as they ended the first time. The seed stands in the test's name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HistoryContract {
    private static final int KEYS = 40;

    private final TestServer.Program program;
    private TestServer server;
    private ValkeyConnection connection;
    private ValkeyWriter writer;

    @SuppressWarnings("NullAway.Init")
    HistoryContract(TestServer.Program program) {
        this.program = program;
    }

    @BeforeAll
    void start() {
        server = TestServer.start(program);
        connection = new ValkeyConnection(new ValkeyTarget(server.uri(), "", Duration.ofMinutes(10)));
        writer = new ValkeyWriter(connection, PIPELINE, () -> 1);
    }

    @AfterAll
    void stop() {
        connection.close();
        server.close();
    }

    private void write(List<Operation> operations) throws InterruptedException {
        assertThat(writer.write(operations, new Terms(Instant::now, Terms.Fences.FOR_A_WINDOW)))
                .hasSameSizeAs(operations)
                .allSatisfy(result ->
                        assertThat(result).isInstanceOfAny(WriteResult.Applied.class, WriteResult.Superseded.class));
    }

    private Map<String, String> entries() {
        Map<String, String> entries = new TreeMap<>();
        for (String key : server.commands().keys("p:*")) {
            entries.put(
                    key,
                    server.commands().type(key).equals("hash")
                            ? server.commands().hgetall(key).toString()
                            : server.commands().get(key));
        }
        return entries;
    }

    /** One row a key, so that only versions decide. */
    private static Operation ofOneRow(Random random, int version) {
        int number = random.nextInt(KEYS);
        String key = "p:" + number;
        String row = Integer.toString(number);
        return switch (random.nextInt(5)) {
            case 0 -> remove(key, version, row);
            case 1 -> invalidate(key, version);
            case 2 -> put(key, Map.of("version", Integer.toString(version)), version, row);
            default -> put(key, "version " + version, version, row);
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyOrderAndAnyRepetitionOfARowsHistoryEndsInTheSameState(long seed) throws Exception {
        Random random = new Random(seed);
        List<Operation> history = new ArrayList<>();
        for (int version = 1; version <= 1_000; version++) {
            history.add(ofOneRow(random, version));
        }
        server.commands().flushall();
        write(history);
        Map<String, String> once = entries();
        List<Operation> disordered = new ArrayList<>(history);
        for (int i = 0; i < 500; i++) {
            disordered.add(history.get(random.nextInt(history.size())));
        }
        Collections.shuffle(disordered, random);

        server.commands().flushall();
        for (int from = 0; from < disordered.size(); ) {
            int to = Math.min(disordered.size(), from + 1 + random.nextInt(300));
            write(disordered.subList(from, to));
            from = to;
        }

        assertThat(entries()).isEqualTo(once);
    }

    /** Rows that take keys from each other: each change puts the row's new key, then removes its old one. */
    private static List<Operation> moves(Random random, int changes) {
        List<Operation> history = new ArrayList<>();
        String[] keyOf = new String[10];
        for (int version = 1; version <= changes; version++) {
            int row = random.nextInt(keyOf.length);
            String name = Integer.toString(row);
            String key = "p:" + random.nextInt(12);
            if (random.nextInt(6) > 0) {
                history.add(put(key, name + " at " + version, version, name));
            } else {
                key = "";
            }
            String old = keyOf[row];
            if (old != null && !old.isEmpty() && !old.equals(key)) {
                history.add(remove(old, version, name));
            }
            keyOf[row] = key;
        }
        return history;
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void aHistoryReplayedFromAnyPlaceEndsInTheSameStateAlsoWhereRowsTakeEachOthersKeys(long seed) throws Exception {
        Random random = new Random(seed);
        List<Operation> history = moves(random, 400);
        server.commands().flushall();
        for (Operation operation : history) {
            write(List.of(operation));
        }
        Map<String, String> once = entries();

        for (int i = 0; i < 20; i++) {
            write(history.subList(random.nextInt(history.size()), history.size()));
            assertThat(entries()).isEqualTo(once);
        }
    }
}
