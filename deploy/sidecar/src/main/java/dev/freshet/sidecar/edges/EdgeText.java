package dev.freshet.sidecar.edges;

import dev.freshet.rules.edge.Budget;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.Rate;
import dev.freshet.rules.edge.TagHeader;
import dev.freshet.sidecar.outcome.Lengths;
import dev.freshet.sidecar.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An edge of a file, for people. */
public final class EdgeText {
    private EdgeText() {}

    /** Its settings, and then what it may be sent, a line each. */
    public static List<String> of(Edge edge) {
        List<String> lines = new ArrayList<>();
        lines.add(edge.name() + ": " + edge.type().word());
        new Table(settings(edge)).lines().forEach(line -> lines.add("  " + line));
        lines.add("");
        new Table(allowances(edge)).lines().forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static List<List<String>> settings(Edge edge) {
        List<List<String>> rows = new ArrayList<>();
        if (!edge.plan().name().isEmpty()) {
            rows.add(List.of("plan", edge.plan().name()));
        }
        budget(edge.budget()).ifPresent(said -> rows.add(List.of("budget", said)));
        rows.add(List.of("soft", Boolean.toString(edge.soft())));
        rows.add(List.of("gather", Lengths.text(edge.gather())));
        rows.add(List.of("max_delay", Lengths.text(edge.maxDelay())));
        rows.add(List.of("timeout", Lengths.text(edge.timeout())));
        rows.add(List.of("outbox", Figures.word(edge.outbox())));
        rows.add(List.of("on_gap", Figures.word(edge.onGap())));
        rows.add(List.of(
                "tags",
                edge.tagHeader()
                        .flatMap(TagHeader::name)
                        .map(name -> "in " + name)
                        .orElse("none")));
        return rows;
    }

    private static Optional<String> budget(Budget budget) {
        List<String> said = new ArrayList<>();
        budget.burst().ifPresent(burst -> said.add("burst " + Figures.count(burst)));
        budget.perMinute().ifPresent(perMinute -> said.add("per_minute " + Figures.count(perMinute)));
        budget.perMonth().ifPresent(perMonth -> said.add("per_month " + Figures.count(perMonth)));
        return said.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", said));
    }

    private static List<List<String>> allowances(Edge edge) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of("by", "in a call", "softly", "at once", "a minute", "within " + Lengths.text(edge.maxDelay())));
        for (Allowance allowed : Allowance.of(edge)) {
            rows.add(List.of(
                    allowed.kind().word(),
                    Figures.counted(allowed.ability().perCall(), Rate.Unit.NAMES),
                    Figures.yes(allowed.ability().soft()),
                    Figures.rate(allowed.rate(), Rate::burst),
                    Figures.rate(allowed.rate(), Rate::perMinute),
                    most(allowed.inMaxDelay())));
        }
        return rows;
    }

    private static String most(OptionalLong names) {
        return names.isEmpty() ? "any" : Figures.counted(names.getAsLong(), Rate.Unit.NAMES);
    }
}
