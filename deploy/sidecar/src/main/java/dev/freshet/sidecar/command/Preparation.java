package dev.freshet.sidecar.command;

import dev.freshet.assembly.RulesInForce;
import dev.freshet.assembly.Target;
import dev.freshet.change.TableId;
import dev.freshet.checkpoint.TranscriptStore;
import dev.freshet.connector.debezium.DatabaseUnreachableException;
import dev.freshet.connector.debezium.PostgresAddress;
import dev.freshet.connector.debezium.PostgresDatabase;
import dev.freshet.connector.debezium.PostgresSettings;
import dev.freshet.connector.debezium.SlotLimit;
import dev.freshet.connector.query.PostgresQueries;
import dev.freshet.connector.query.QueryFinding;
import dev.freshet.connector.query.QuerySettings;
import dev.freshet.pipeline.DatabaseAwayException;
import dev.freshet.pipeline.Succession;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.OldRowNeeds;
import dev.freshet.plan.Planner;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Secret;
import dev.freshet.settings.DatabaseAddress;
import dev.freshet.settings.DatabaseSettings;
import dev.freshet.settings.KafkaSettings;
import dev.freshet.settings.SidecarSettings;
import dev.freshet.write.valkey.ValkeyTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A configuration that was checked against its database, and the parts that are made of it.
 *
 * @param loaded the file
 * @param catalog the database's tables
 * @param source how it is read
 */
record Preparation(
        Loading.Loaded<SidecarSettings> loaded, Catalog catalog, PostgresDatabase database, DatabaseSettings source) {
    /** A cache's connection attempt and command, and what the client of a database gives it beyond its own limit. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /**
     * Loads the file, asks the database for its tables and checks the one against the other.
     *
     * @throws CommandFailedException where anything is wrong, with all of it
     */
    static Preparation of(ConfigOption config) {
        DatabaseSettings source = source(config.load(Catalog.NONE).settings());
        PostgresDatabase database = database(source);
        try {
            Catalog catalog = database.catalog();
            return new Preparation(config.load(catalog), catalog, database, source);
        } catch (DatabaseUnreachableException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The database that settings name.
     *
     * @throws CommandFailedException where they name none
     */
    static DatabaseSettings source(SidecarSettings settings) {
        return switch (settings.source()) {
            case DatabaseSettings database -> database;
            case KafkaSettings kafka ->
                throw CommandFailedException.invalid(
                        List.of("source.type is kafka: there is no database that this command could ask"));
        };
    }

    static PostgresDatabase database(DatabaseSettings source) {
        return new PostgresDatabase(address(source.database(), source));
    }

    private static PostgresAddress address(DatabaseAddress database, DatabaseSettings source) {
        return new PostgresAddress(
                database.host(),
                database.port(),
                database.database(),
                source.user(),
                source.password().map(Secret::reveal).orElse(""),
                database.sslMode().text());
    }

    SidecarSettings settings() {
        return loaded.settings();
    }

    RuleSet rules() {
        return loaded.rules();
    }

    /** The tables that rules follow, in order. */
    List<TableId> tables() {
        return catalog.tables().keySet().stream()
                .filter(table -> !rules().on(table).isEmpty())
                .sorted()
                .toList();
    }

    /** Those of them that have puts, and so are read whole at a first start. */
    Set<TableId> snapshotTables() {
        return switch (source.snapshot()) {
            case NEVER -> Set.of();
            case INITIAL ->
                tables().stream()
                        .filter(table -> rules().on(table).stream().anyMatch(RuleSet.Bound::fills))
                        .collect(Collectors.toSet());
        };
    }

    PostgresSettings sourceSettings() {
        return new PostgresSettings(
                database.address(),
                source.slot(),
                source.publication(),
                Set.copyOf(tables()),
                snapshotTables(),
                rules().fingerprint(),
                switch (source.onGap()) {
                    case RESYNC -> PostgresSettings.OnGap.RESYNC;
                    case STOP -> PostgresSettings.OnGap.STOP;
                },
                source.retain(),
                source.schemaCheck(),
                source.stalledAfter(),
                new Planner(rules(), catalog, OldKeys.REQUIRED)::reach,
                settings().pipeline().batch(),
                settings().pipeline().memory());
    }

    /**
     * With a pipeline that does not go on. Each of its waits for a cache or a database that says nothing ends by itself sooner; all
     * beyond that is a mistake.
     */
    Duration pipelinePatience() {
        return source.stalledAfter().plus(LONGEST_WAIT).plus(rules().ask() ? source.queryTimeout() : Duration.ZERO);
    }

    SlotLimit slotLimit() {
        return new SlotLimit(
                source.maxLag().map(OptionalLong::of).orElse(OptionalLong.empty()),
                switch (source.onMaxLag()) {
                    case WARN -> SlotLimit.Above.WARN;
                    case DROP_SLOT -> SlotLimit.Above.DROP_SLOT;
                });
    }

    /** What nobody must mend, and somebody may want to know. */
    List<String> hints() throws DatabaseUnreachableException {
        return source.maxLag().isEmpty() && database.keepsLogWithoutBound()
                ? List.of(
                        "while Freshet is stopped, or behind, the database keeps its log without a bound, until its disk is full:"
                                + " max_slot_wal_keep_size in PostgreSQL bounds it always, source.max_lag while Freshet runs")
                : List.of();
    }

    ValkeyTarget target() {
        return Target.of(settings());
    }

    /** Nothing is connected until rules ask. */
    PostgresQueries queries() {
        return queries(() -> {});
    }

    /** @param answered is run when a part of the answers is there */
    PostgresQueries queries(Runnable answered) {
        return new PostgresQueries(
                new QuerySettings(
                        database.address(),
                        source.replica().map(replica -> address(replica, source)),
                        source.queryTimeout(),
                        settings().pipeline().memory()),
                answered);
    }

    /** What the database says of the rules' queries. */
    List<QueryFinding> queryFindings() {
        try (PostgresQueries queries = queries()) {
            return queries.check(rules(), rules().ask() ? database.estimatedRows() : Map.of()).stream()
                    .map(finding -> loaded.places()
                            .of(finding.path())
                            .map(place -> finding.at(place.toString()))
                            .orElse(finding))
                    .toList();
        } catch (DatabaseAwayException | DatabaseUnreachableException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    Succession succession(OldKeys oldKeys, TranscriptStore store) {
        return RulesInForce.of(loaded, catalog, oldKeys, store);
    }

    List<OldRowNeeds.Need> needs() {
        return OldRowNeeds.of(rules(), catalog);
    }
}
