package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Change;
import dev.freshet.change.Row;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Transactions;
import dev.freshet.change.Version;
import dev.freshet.observe.PipelineListener;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Planner;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Shell;
import dev.freshet.rules.yaml.Variables;
import dev.freshet.write.Sweeping;
import dev.freshet.write.Terms;
import dev.freshet.write.WriteResult;
import dev.freshet.write.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkTest {
    private static final TableId CATEGORY = new TableId("public", "category");

    @TempDir
    private Path folder = Path.of("");

    private final List<List<Operation>> written = new ArrayList<>();

    /** Every column holds one number. */
    private record NumberedRow(long number) implements Row {
        @Override
        public Object get(String column) {
            return number;
        }

        @Override
        public List<String> columns() {
            return List.of("id");
        }
    }

    private final class RecordingWriter implements Writer {
        @Override
        public List<WriteResult> write(List<Operation> operations, Terms terms) {
            written.add(List.copyOf(operations));
            return Collections.nCopies(operations.size(), new WriteResult.Applied());
        }

        @Override
        public Sweeping sweeping(List<Operation.Scan> sweeps) {
            return terms -> new Sweeping.Step.Last();
        }

        @Override
        public void close() {}
    }

    private RuleSet rules(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("freshet.yaml"), yaml);
        return switch (new RuleFiles(Variables.ofProcess()).load(file, Catalog.NONE, Shell.UNREAD)) {
            case Loading.Loaded<?> loaded -> loaded.rules();
            case Loading.Refused<?> refused -> throw new AssertionError(refused.problems());
        };
    }

    private static Change insert(long position) {
        return new Change.Insert(
                CATEGORY, new RowId(CATEGORY, "7"), new Version(1, 0, position, 0), Instant.EPOCH, new NumberedRow(7));
    }

    @Test
    void whatOneChangeSaysIsDeliveredTogetherHoweverMuchFollowsFromIt() throws Exception {
        String rule = """
                  %s:
                    table: public.category
                    limit: 100000
                    for_each: {p: "select id from product where category = {id}"}
                    invalidate: [{key: "%1$s:{p.id}"}]
                    publish: [{stream: products, value: {id: p.id}}]
                """;
        Planner planner = new Planner(
                rules("rules:\n" + rule.formatted("a") + rule.formatted("b") + rule.formatted("c")),
                Catalog.NONE,
                OldKeys.REQUIRED);
        Queries queries = (questions, visible) -> questions.stream()
                .<Queries.Answer>map(question -> new Queries.Answer.Found(
                        LongStream.range(0, 6_000).mapToObj(NumberedRow::new).toList()))
                .toList();
        Stop stop = new Stop();
        PipelineListener deaf = new PipelineListener() {};
        Leadership leadership = new Leadership(lead -> Instant.now(), Duration.ofMinutes(1), System::nanoTime);
        Delivery delivery =
                new Delivery(new RecordingWriter(), letters -> {}, leadership, deaf, InstantSource.system(), stop);
        List<Work.Planned> all = LongStream.of(1, 2)
                .mapToObj(WorkTest::insert)
                .map(change -> new Work.Planned(change, planner.plan(change)))
                .toList();

        new Work(new Asker(queries, delivery, deaf, stop), delivery, Transactions.NONE, purges -> {}).finish(all);

        assertThat(written).as("a piece for each change").hasSize(2);
        for (Work.Planned each : all) {
            List<Long> said = written.stream()
                    .map(operations -> operations.stream()
                            .filter(operation -> operation instanceof Operation.Publish
                                    && operation.version().equals(each.change().version()))
                            .count())
                    .filter(count -> count > 0)
                    .toList();
            assertThat(said).containsExactly(18_000L);
        }
    }
}
