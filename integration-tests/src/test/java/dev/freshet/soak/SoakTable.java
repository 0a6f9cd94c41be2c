package dev.freshet.soak;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report as a table in Markdown, a line each kind of fault. */
final class SoakTable {
    private SoakTable() {}

    static String of(Soak.Report report) {
        StringBuilder table = new StringBuilder();
        table.append("PostgreSQL %d, seed %d: %d faults in %d s, %,d rows changed (at most %,d a second), %,d looks%n%n"
                .formatted(
                        report.plan().release().major(),
                        report.plan().seed(),
                        report.survived().size(),
                        report.took().toSeconds(),
                        report.rows(),
                        report.plan().rowsASecond(),
                        report.looks()));
        table.append(
                "| fault | times | lag under 1 s after, median | longest |%n| --- | --: | --: | --: |%n".formatted());
        Map<Fault, List<Duration>> byFault = report.survived().stream()
                .collect(Collectors.groupingBy(
                        Soak.Survived::fault,
                        TreeMap::new,
                        Collectors.mapping(Soak.Survived::caughtUp, Collectors.toList())));
        byFault.forEach((fault, times) -> {
            List<Duration> sorted = times.stream().sorted().toList();
            table.append("| %s | %d | %.1f s | %.1f s |%n"
                    .formatted(
                            fault.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            sorted.size(),
                            seconds(sorted.get(sorted.size() / 2)),
                            seconds(sorted.getLast())));
        });
        return table.toString();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1_000.0;
    }
}
