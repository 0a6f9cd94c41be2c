package dev.freshet.sidecar.cases;

import java.util.ArrayList;
import java.util.List;

/** How cases ended, for people: those that failed with every reason. */
public final class TextReport {
    private TextReport() {}

    /** A line each. */
    public static List<String> of(List<CaseRun> runs) {
        List<String> lines = new ArrayList<>();
        for (CaseRun run : runs) {
            lines.add(run.file().toString());
            for (CaseRun.Timed each : run.verdicts()) {
                Verdict verdict = each.verdict();
                if (verdict.passed()) {
                    lines.add("  passed  " + verdict.of().name());
                } else {
                    lines.add("  FAILED  " + verdict.of().name() + "  ("
                            + verdict.of().place() + ")");
                    verdict.lines().forEach(line -> lines.add("    " + line));
                }
            }
        }
        int cases = runs.stream().mapToInt(CaseRun::cases).sum();
        long failed = runs.stream().mapToLong(CaseRun::failed).sum();
        lines.add(cases + (cases == 1 ? " case, " : " cases, ") + (failed == 0 ? "all passed" : failed + " failed"));
        return List.copyOf(lines);
    }
}
