package dev.freshet.connector.debezium;

import dev.freshet.change.Change;
import dev.freshet.observe.PipelineListener;
import dev.freshet.pipeline.Leadership;
import dev.freshet.pipeline.Pipeline;
import dev.freshet.pipeline.Queries;
import dev.freshet.pipeline.Succession;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.Planner;
import dev.freshet.rules.NotATranscriptException;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Shell;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import dev.freshet.write.Purger;
import dev.freshet.write.valkey.ValkeyCheckpoints;
import dev.freshet.write.valkey.ValkeyConnection;
import dev.freshet.write.valkey.ValkeyDeadLetters;
import dev.freshet.write.valkey.ValkeyForms;
import dev.freshet.write.valkey.ValkeyLead;
import dev.freshet.write.valkey.ValkeySent;
import dev.freshet.write.valkey.ValkeyTarget;
import dev.freshet.write.valkey.ValkeyTranscripts;
import dev.freshet.write.valkey.ValkeyWriter;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** The sidecar's pipeline within the benchmark's own process: a JSON put, fenced, of table {@code a}. */
final class BenchmarkPipeline implements AutoCloseable {
    private static final String RULES = """
            rules:
              a: {table: public.a, put: [{key: "a:{id}", as: json, value: [id, x], ttl: none}]}
            """;

    private final ValkeyConnection connection;
    private final Pipeline pipeline;
    private final Thread thread;

    /** {@code applied} is told of changes and of when they were applied, on the pipeline's thread. */
    BenchmarkPipeline(
            DatabaseServer server,
            CacheServer cache,
            String slot,
            Path folder,
            BiConsumer<List<Change>, Instant> applied)
            throws Exception {
        Catalog catalog = new PostgresDatabase(Sources.address(server)).catalog();
        connection = new ValkeyConnection(
                new ValkeyTarget(RedisURI.create(cache.uri().toString()), slot + ":", Duration.ofMinutes(15)));
        Leadership leadership =
                new Leadership(new ValkeyLead(connection, slot), Duration.ofMinutes(7), System::nanoTime);
        pipeline = new Pipeline(
                new PostgresSourceOpener(
                        new PostgresDatabase(Sources.address(server)),
                        Sources.settings(server, slot, Set.of(), 2048),
                        Clock.systemUTC()),
                succession(rules(folder, catalog), catalog, slot),
                Queries.NONE,
                new ValkeyWriter(connection, slot, leadership::epoch),
                Purger.NONE,
                new ValkeyCheckpoints(connection, slot, leadership::epoch),
                new ValkeySent(connection, slot),
                new ValkeyForms(connection, slot),
                new ValkeyDeadLetters(connection, slot),
                leadership,
                Duration.ofMinutes(7),
                new PipelineListener() {
                    @Override
                    public void applied(List<Change> changes, Instant at) {
                        applied.accept(changes, at);
                    }
                },
                Clock.systemUTC());
        thread = Thread.ofPlatform().name("freshet-pipeline").start(pipeline::run);
    }

    private Succession succession(Loading.Loaded<?> loaded, Catalog catalog, String slot) {
        return new Succession(
                new Planner(loaded.rules(), catalog, OldKeys.REQUIRED),
                loaded.transcript(),
                earlier -> {
                    throw new NotATranscriptException("there were no rules before");
                },
                new ValkeyTranscripts(connection, slot));
    }

    private static Loading.Loaded<?> rules(Path folder, Catalog catalog) throws IOException {
        Path file = Files.writeString(folder.resolve("freshet.yaml"), RULES);
        return switch (new RuleFiles(Variables.ofProcess()).load(file, catalog, Shell.UNREAD)) {
            case Loading.Loaded<?> loaded -> loaded;
            case Loading.Refused<?> refused -> throw new AssertionError(refused.problems());
        };
    }

    @Override
    public void close() throws InterruptedException {
        pipeline.stop();
        thread.join();
        connection.close();
    }
}
