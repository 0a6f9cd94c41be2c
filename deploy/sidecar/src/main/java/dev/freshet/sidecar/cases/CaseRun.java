package dev.freshet.sidecar.cases;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The cases of one file and how they ended.
 *
 * @param file as the user named it
 */
public record CaseRun(Path file, List<Timed> verdicts) {
    /** A verdict and how long it took to find. */
    record Timed(Verdict verdict, Duration took) {}

    public CaseRun {
        verdicts = List.copyOf(verdicts);
    }

    /**
     * Runs those cases whose names are wanted.
     *
     * @param nanos a clock such as {@link System#nanoTime}
     */
    public static CaseRun of(CaseFile.Read.Right cases, Predicate<String> wanted, LongSupplier nanos) {
        List<Timed> verdicts = new ArrayList<>();
        for (Case each : cases.cases()) {
            if (wanted.test(each.name())) {
                long begun = nanos.getAsLong();
                Verdict verdict = each.judge(cases.planner());
                verdicts.add(new Timed(verdict, Duration.ofNanos(nanos.getAsLong() - begun)));
            }
        }
        return new CaseRun(cases.file(), verdicts);
    }

    /** How many cases ran. */
    public int cases() {
        return verdicts.size();
    }

    public long failed() {
        return verdicts.stream().filter(each -> !each.verdict().passed()).count();
    }

    /** How long all of them took. */
    Duration took() {
        return verdicts.stream().map(Timed::took).reduce(Duration.ZERO, Duration::plus);
    }
}
