package dev.freshet.sidecar.sample;

import dev.freshet.rules.edge.Edge;
import dev.freshet.sidecar.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A sample for people. */
public final class SampleText {
    private static final List<String> HEAD = List.of("rule", "what", "shape", "ops/s", "distinct", "p50 B", "max B");

    private SampleText() {}

    /** A line each. Where there are two rule files, each figure stands as {@code old > new}. */
    public static List<String> of(Sample sample) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%d changes in %.1f s, %s/s",
                sample.changes(),
                sample.took().toMillis() / 1e3,
                rate(sample.perSecond(sample.changes()))));
        sample.tables()
                .forEach((table, count) ->
                        lines.add("  " + table + "  " + count + ", " + rate(sample.perSecond(count)) + "/s"));
        lines.add("");
        lines.addAll(table(sample));
        lines.add("");
        lines.add("fan-out       p50 "
                + both(sample, side -> Integer.toString(side.fanOut().median())) + ", most "
                + both(sample, side -> Integer.toString(side.fanOut().largest())) + " operations a change");
        lines.add("cache tags    " + both(sample, side -> Long.toString(side.cacheTags())) + " distinct");
        sample.now().edges().forEach(edge -> lines.add(edge(sample, edge, "")));
        sample.old().ifPresent(old -> old.edges().forEach(edge -> lines.add(edge(sample, edge, " before"))));
        lines.add("failures      " + both(sample, side -> Long.toString(side.failures())));
        lines.add("Distinct counts are exact below " + Distinct.KEPT + " and within some 3 % above.");
        return List.copyOf(lines);
    }

    private interface Figure {
        String of(RuleSample side);
    }

    private static String both(Sample sample, Figure figure) {
        String now = figure.of(sample.now());
        return sample.old().map(old -> figure.of(old) + " > " + now).orElse(now);
    }

    private static String edge(Sample sample, RuleSample.OfEdge edge, String when) {
        double aMinute = 60 * sample.perSecond(edge.tags());
        OptionalLong allowed = edge.edge().perMinute(Edge.Kind.TAG);
        String budget = allowed.isEmpty()
                ? "no limit known"
                : "its provider allows " + allowed.getAsLong() + (aMinute > allowed.getAsLong() ? ": TOO MANY" : "");
        return "edge " + edge.edge().name() + when + ": " + edge.purges() + " purges, " + edge.targets() + " distinct; "
                + edge.tags() + " distinct tags, " + rate(aMinute) + " a minute, " + budget;
    }

    private static List<String> table(Sample sample) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(append(HEAD, "for instance"));
        TreeSet<Shape> shapes = new TreeSet<>(sample.now().shapes().keySet());
        sample.old().ifPresent(old -> shapes.addAll(old.shapes().keySet()));
        for (Shape shape : shapes) {
            RuleSample.@Nullable OfShape now = sample.now().shapes().get(shape);
            RuleSample.@Nullable OfShape old =
                    sample.old().map(side -> side.shapes().get(shape)).orElse(null);
            boolean two = sample.old().isPresent();
            rows.add(List.of(
                    shape.rule(),
                    shape.word().text(),
                    shape.text(),
                    cell(two, old, now, each -> rate(sample.perSecond(each.operations()))),
                    cell(two, old, now, each -> Long.toString(each.names())),
                    cell(two, old, now, each -> size(each, each.bytes().median())),
                    cell(two, old, now, each -> size(each, each.bytes().largest())),
                    String.join(
                            " ",
                            Optional.ofNullable(now == null ? old : now)
                                    .orElseThrow()
                                    .examples())));
        }
        return new Table(rows).lines();
    }

    private interface Cell {
        String of(RuleSample.OfShape shape);
    }

    private static String cell(
            boolean two, RuleSample.@Nullable OfShape old, RuleSample.@Nullable OfShape now, Cell cell) {
        String is = now == null ? "-" : cell.of(now);
        return two ? (old == null ? "-" : cell.of(old)) + " > " + is : is;
    }

    private static String size(RuleSample.OfShape shape, int bytes) {
        return shape.bytes().largest() == 0 ? "" : Integer.toString(bytes);
    }

    private static List<String> append(List<String> list, String last) {
        List<String> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    private static String rate(double rate) {
        return String.format(Locale.ROOT, rate < 10 ? "%.2f" : "%.0f", rate);
    }
}
