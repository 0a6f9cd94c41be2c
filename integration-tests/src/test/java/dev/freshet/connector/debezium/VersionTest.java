package dev.freshet.connector.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.pipeline.Batch;
import dev.freshet.pipeline.ChangeSource;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.servers.PostgresRelease;
import dev.freshet.servers.Servers;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A version grows with every delivery, and is the same when the change is delivered again. */
class VersionTest {
    private static final TableId LAST = new TableId("public", "last");

    @ParameterizedTest
    @EnumSource(PostgresRelease.class)
    void versionsGrowAndAreEqualOnReplayHoweverOftenTheSourceIsOpenedAnew(PostgresRelease release) throws Exception {
        long seed = System.nanoTime();
        try (DatabaseServer server = Servers.chosen().postgres(release)) {
            LogWorkload.createTables(server);
            NavigableMap<Version, String> inOneRun;
            NavigableMap<Version, String> inMany;
            // Both slots exist before the first change, so both see the same log.
            Sources.Last straight = first(server, "straight");
            Sources.Last broken = first(server, "broken");
            try (LogWorkload workload = new LogWorkload(server, seed)) {
                workload.steps(25);
                workload.finish();
            }
            inOneRun = read(server, "straight", straight, new Random(seed), 0);
            inMany = read(server, "broken", broken, new Random(seed), 5);

            assertThat(inMany).as("seed " + seed).isEqualTo(inOneRun);
            assertThat(inOneRun).hasSizeGreaterThan(100);
        }
    }

    private static Sources.Last first(DatabaseServer server, String slot) throws Exception {
        try (ChangeSource source = open(server, slot, Sources.Last.NOTHING)) {
            Batch batch = Sources.take(source);
            source.acknowledge(batch.checkpoint());
            return Sources.Last.after(batch);
        }
    }

    /** Reads up to the last change, opening the source anew at random batches; asserts growth within each run. */
    private static NavigableMap<Version, String> read(
            DatabaseServer server, String slot, Sources.Last from, Random random, int restarts) throws Exception {
        NavigableMap<Version, String> seen = new TreeMap<>();
        Sources.Last last = from;
        boolean done = false;
        for (int run = 0; !done; run++) {
            int batches = run < restarts ? 1 + random.nextInt(4) : Integer.MAX_VALUE;
            Version before = new Version(0, 0, 0, 0);
            try (ChangeSource source = open(server, slot, last)) {
                for (int i = 0; i < batches && !done; i++) {
                    Batch batch = Sources.take(source);
                    for (Change change : batch.changes()) {
                        Version version = sameEpoch(change.version());
                        assertThat(version).isGreaterThan(before);
                        before = version;
                        String told = seen.put(version, tell(change));
                        assertThat(told).isIn(null, tell(change));
                        done = done || change.table().equals(LAST);
                    }
                    if (!batch.changes().isEmpty() && random.nextBoolean()) {
                        last = last.at(batch.checkpoint());
                        source.acknowledge(batch.checkpoint());
                    }
                }
            }
        }
        return seen;
    }

    private static Version sameEpoch(Version version) {
        return new Version(1, version.commit(), version.position(), version.ordinal());
    }

    private static String tell(Change change) {
        return switch (change) {
            case Change.Insert insert ->
                "insert " + insert.row() + " " + insert.after().get("id");
            case Change.Update update ->
                "update " + update.row() + " " + update.after().get("x");
            case Change.Delete delete -> "delete " + delete.row();
            case Change.Snapshot snapshot -> "snapshot " + snapshot.row();
            case Change.Truncate truncate -> "truncate " + truncate.table();
            case Change.Altered altered -> "altered " + altered.table();
        };
    }

    private static ChangeSource open(DatabaseServer server, String slot, Sources.Last from) throws Exception {
        return new PostgresSourceOpener(
                        new PostgresDatabase(Sources.address(server)),
                        Sources.settings(server, slot, Set.of(), 64),
                        java.time.Clock.systemUTC())
                .open(from);
    }
}
