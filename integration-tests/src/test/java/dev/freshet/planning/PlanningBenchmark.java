package dev.freshet.planning;

import dev.freshet.change.Change;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.plan.Entry;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Plan;
import dev.freshet.plan.Planner;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Shell;
import dev.freshet.rules.yaml.Variables;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A put of ten columns as JSON, under a key and a tag of one column each, for updates that change the price. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class PlanningBenchmark {
    private static final int CHANGES = 1_024;
    private static final int MANY = 1_000;
    private static final TableId PRODUCT = new TableId("public", "product");
    private static final List<String> COLUMNS = List.of(
            "id", "name", "slug", "price", "status", "category_id", "stock", "rating", "created_at", "updated_at");

    private static final String RULE = """
              product%s:
                table: public.product%1$s
            %s    put:
                  - key: product%1$s:{id}
                    as: json
                    value: [id, name, slug, price, status, category_id, stock, rating, created_at, updated_at]
                    tags: ["category-{category_id}"]
                    ttl: none
            """;

    private final Change[] changes = new Change[CHANGES];
    private Path manyRules;
    private Planner alone;
    private Planner withWhere;
    private Planner amongMany;
    private int next;

    @Setup(Level.Trial)
    public void prepare() throws IOException {
        Map<String, Integer> places = new HashMap<>();
        COLUMNS.forEach(column -> places.put(column, places.size()));
        for (int i = 0; i < CHANGES; i++) {
            ArrayRow before = new ArrayRow(COLUMNS, places, values(i, "9.90"));
            ArrayRow after = new ArrayRow(COLUMNS, places, values(i, "12.50"));
            RowId row = new RowId(PRODUCT, Integer.toString(i));
            changes[i] = new Change.Update(PRODUCT, row, row, new Version(1, 2, i, 0), Instant.EPOCH, before, after);
        }
        StringBuilder many = new StringBuilder("rules:\n").append(RULE.formatted("", ""));
        for (int i = 1; i < MANY; i++) {
            many.append(RULE.formatted("_" + i, ""));
        }
        manyRules = Files.writeString(Files.createTempFile("rules", ".yaml"), many);
        alone = planner("rules:\n" + RULE.formatted("", ""));
        withWhere = planner("rules:\n" + RULE.formatted("", "    where: status == \"live\" && price > 2\n"));
        amongMany = new Planner(load(manyRules), Catalog.NONE, OldKeys.REQUIRED);
    }

    private static Object[] values(int i, String price) {
        Instant at = Instant.parse("2026-11-01T10:20:30.456789Z");
        return new Object[] {
            (long) i,
            "product number " + i,
            "product-" + i,
            new BigDecimal(price),
            "live",
            (long) (i % 17),
            4_711L,
            4.5,
            at,
            at
        };
    }

    private static Planner planner(String yaml) throws IOException {
        Path file = Files.writeString(Files.createTempFile("rules", ".yaml"), yaml);
        try {
            return new Planner(load(file), Catalog.NONE, OldKeys.REQUIRED);
        } finally {
            Files.delete(file);
        }
    }

    private static RuleSet load(Path file) {
        return switch (new RuleFiles(Variables.ofProcess()).load(file, Catalog.NONE, Shell.UNREAD)) {
            case Loading.Loaded<?> loaded -> loaded.rules();
            case Loading.Refused<?> refused ->
                throw new IllegalStateException(refused.problems().toString());
        };
    }

    @TearDown(Level.Trial)
    public void tidy() throws IOException {
        Files.delete(manyRules);
    }

    private Change change() {
        next = (next + 1) % CHANGES;
        return changes[next];
    }

    @Benchmark
    public Plan plan() {
        return alone.plan(change());
    }

    @Benchmark
    public Plan planWithWhere() {
        return withWhere.plan(change());
    }

    @Benchmark
    public Plan planAmongAThousandRules() {
        return amongMany.plan(change());
    }

    @Benchmark
    public byte[] planAndSerialize() {
        Operation.Put put = (Operation.Put) alone.plan(change()).operations().getFirst();
        return ((Entry.Json) put.entry()).value().utf8();
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public RuleSet loadAThousandRules() {
        return load(manyRules);
    }
}
