package dev.freshet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.change.Version;
import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.TranscriptStore;
import dev.freshet.observe.PipelineListener;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Planner;
import dev.freshet.rules.Transcript;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.RuleFiles;
import dev.freshet.rules.yaml.Shell;
import dev.freshet.rules.yaml.Transcripts;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuccessionTest {
    private static final Lead LEAD = new Lead(1, 1);
    private static final Optional<Version> ANEW = Optional.of(new Version(1, 0, 0, 0));

    @TempDir
    private Path folder = Path.of("");

    private final Set<String> entries = new TreeSet<>(Set.of("a:1", "b:1", "filled:1", "foreign"));
    private final List<String> unread = new ArrayList<>();
    private List<Transcript> kept = List.of();
    private int stepsToLive = Integer.MAX_VALUE;

    /** The process ends here. */
    private static final class DiedException extends RuntimeException {}

    /** Every step is done, or the process dies before it. */
    private void step() {
        if (stepsToLive-- == 0) {
            throw new DiedException();
        }
    }

    private final class Store implements TranscriptStore {
        @Override
        public List<Transcript> load() {
            step();
            return kept;
        }

        @Override
        public void save(Lead lead, List<Transcript> transcripts) {
            step();
            kept = List.copyOf(transcripts);
        }
    }

    /** Removes what sweeps match, one sweep a step. */
    private final class Sweeper implements Writer {
        @Override
        public List<WriteResult> write(List<Operation> operations, Terms terms) {
            for (Operation operation : operations) {
                step();
                entries.removeIf(((Operation.Sweep) operation).pattern()::matches);
            }
            return Collections.nCopies(operations.size(), new WriteResult.Applied());
        }

        @Override
        public Sweeping sweeping(List<Operation.Scan> sweeps) {
            return terms -> new Sweeping.Step.Last();
        }

        @Override
        public void close() {}
    }

    private static String putting(String key) {
        return """
                rules:
                  one: {table: public.product, put: [{key: "%s:{id}", as: json, value: all, ttl: none}]}
                """.formatted(key);
    }

    private Loading.Loaded<?> loaded(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("freshet.yaml"), yaml);
        return switch (new RuleFiles(Variables.ofProcess()).load(file, Catalog.NONE, Shell.UNREAD)) {
            case Loading.Loaded<?> loaded -> loaded;
            case Loading.Refused<?> refused -> throw new AssertionError(refused.problems());
        };
    }

    private Transcript begin(String yaml, Optional<Version> anew) throws Exception {
        Loading.Loaded<?> loaded = loaded(yaml);
        PipelineListener listener = new PipelineListener() {
            @Override
            public void rulesUnread(String reason) {
                unread.add(reason);
            }
        };
        Delivery delivery = new Delivery(
                new Sweeper(),
                letters -> {},
                new Leadership(lead -> Instant.now(), Duration.ofMinutes(1), System::nanoTime),
                listener,
                InstantSource.system(),
                new Stop());
        Planner planner = new Planner(loaded.rules(), Catalog.NONE, OldKeys.REQUIRED);
        new Succession(
                        planner,
                        loaded.transcript(),
                        transcript -> {
                            Transcripts.Rules earlier = Transcripts.read(transcript);
                            return new Planner(earlier.rules(), earlier.catalog(), OldKeys.REQUIRED);
                        },
                        new Store())
                .begin(LEAD, anew, Instant.EPOCH, delivery, listener);
        anew.ifPresent(version -> sweepBehindTheSnapshot(planner, version));
        return loaded.transcript();
    }

    private void sweepBehindTheSnapshot(Planner planner, Version version) {
        planner.forgetPuts(version, Instant.EPOCH)
                .forEach(sweep -> entries.removeIf(((Operation.Sweep) sweep).pattern()::matches));
    }

    /** Every entry that rules may have made is one of rules that are kept. */
    private void everyEntryHasItsRules() throws Exception {
        for (String key : List.of("a", "b", "c")) {
            if (entries.contains(key + ":1")) {
                assertThat(kept).contains(loaded(putting(key)).transcript());
            }
        }
    }

    @Test
    void entriesOfEarlierRulesGoWhereTheSourceBeginsAnew() throws Exception {
        kept = List.of(loaded(putting("a")).transcript());

        Transcript now = begin(putting("b"), ANEW);

        assertThat(entries).containsExactly("filled:1", "foreign");
        assertThat(kept).containsExactly(now);
    }

    @Test
    void whereverTheProcessDiesTheNextOneFindsTheRulesOfEveryEntry() throws Exception {
        int steps = 0;
        boolean died = true;
        while (died) {
            entries.addAll(Set.of("a:1", "b:1"));
            kept = List.of(
                    loaded(putting("b")).transcript(), loaded(putting("a")).transcript());
            stepsToLive = steps++;
            died = dies("c");
            if (!died) {
                entries.add("c:1");
            }
            everyEntryHasItsRules();

            stepsToLive = Integer.MAX_VALUE;
            Transcript now = begin(putting(steps % 2 == 0 ? "a" : "d"), ANEW);

            assertThat(entries).as("after %d steps", steps).containsExactly("filled:1", "foreign");
            assertThat(kept).containsExactly(now);
        }
        assertThat(steps).as("a load, two sweeps, a save, and no death").isEqualTo(5);
    }

    private boolean dies(String key) throws Exception {
        try {
            begin(putting(key), ANEW);
            return false;
        } catch (DiedException e) {
            return true;
        }
    }

    @Test
    void whereTheSourceGoesOnNothingIsSweptAndNoRulesAreDropped() throws Exception {
        Transcript before = loaded(putting("a")).transcript();
        kept = List.of(before);

        Transcript now = begin(putting("b"), Optional.empty());

        assertThat(entries).containsExactly("a:1", "b:1", "filled:1", "foreign");
        assertThat(kept).containsExactly(before, now);
    }

    @Test
    void rulesThatMadeTheSameEntriesAreNotKeptBesideThose() throws Exception {
        kept = List.of(loaded(putting("a").replace("all", "[id]")).transcript());

        Transcript now = begin(putting("a"), Optional.empty());

        assertThat(kept).containsExactly(now);
    }

    @Test
    void entriesThatTheApplicationFilledUnderEarlierRulesStay() throws Exception {
        kept = List.of(loaded("rules: {one: {table: public.product, invalidate: [{key: \"filled:{id}\"}]}}")
                .transcript());

        begin(putting("b"), ANEW);

        assertThat(entries).contains("filled:1");
    }

    @Test
    void rulesThatCannotBeReadAreToldOfAndDroppedWithTheOthers() throws Exception {
        Transcript garbage = new Transcript("garbage");
        kept = List.of(garbage, loaded(putting("a")).transcript());

        Transcript now = begin(putting("b"), Optional.empty());
        assertThat(kept).startsWith(garbage).endsWith(now);
        assertThat(unread).isEmpty();

        begin(putting("b"), ANEW);
        assertThat(unread).singleElement().asString().startsWith("not JSON");
        assertThat(entries).containsExactly("filled:1", "foreign");
        assertThat(kept).containsExactly(now);
    }
}
