package dev.freshet.sidecar.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.change.Change;
import dev.freshet.plan.CacheTag;
import dev.freshet.plan.EdgeTarget;
import dev.freshet.plan.Entry;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Plan;
import dev.freshet.plan.Planner;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one rule file makes of the changes. There is a count for each shape, so rules bound it and not the changes. */
final class RuleSample {
    private static final int EXAMPLES = 3;

    private final Planner planner;
    private final Map<RuleName, Rule> rules = new LinkedHashMap<>();
    private final Map<EdgeName, OfEdge> edges = new LinkedHashMap<>();
    private final SortedMap<Shape, OfShape> shapes = new TreeMap<>();
    private final Sizes fanOut = new Sizes();
    private final Distinct cacheTags = new Distinct();
    private long failures;

    /** Operations of one shape. */
    static final class OfShape {
        private final Distinct names = new Distinct();
        private final Sizes bytes = new Sizes();
        private final Set<String> examples = new LinkedHashSet<>();
        private long operations;

        long operations() {
            return operations;
        }

        long names() {
            return names.count();
        }

        Sizes bytes() {
            return bytes;
        }

        Set<String> examples() {
            return examples;
        }
    }

    /** Purges of one edge. */
    static final class OfEdge {
        private final Edge edge;
        private final Distinct targets = new Distinct();
        private final Distinct tags = new Distinct();
        private long purges;

        private OfEdge(Edge edge) {
            this.edge = edge;
        }

        Edge edge() {
            return edge;
        }

        long purges() {
            return purges;
        }

        long targets() {
            return targets.count();
        }

        long tags() {
            return tags.count();
        }
    }

    RuleSample(RuleSet rules, Planner planner) {
        this.planner = planner;
        rules.rules().forEach(rule -> this.rules.put(rule.name(), rule));
        rules.edges().forEach(edge -> edges.put(edge.name(), new OfEdge(edge)));
    }

    void take(Change change) {
        Plan plan = planner.plan(change);
        fanOut.add(plan.operations().size());
        failures += plan.failures().size();
        plan.operations().forEach(this::take);
        plan.fanOuts().forEach(fanOut -> count(Shape.of(fanOut)));
    }

    private void take(Operation operation) {
        Rule rule = rules.get(operation.rule());
        if (rule == null) {
            throw new IllegalStateException("an operation of a rule that nobody wrote: " + operation.rule());
        }
        OfShape shape = count(Shape.of(operation, rule));
        if (operation instanceof Operation.Put put) {
            shape.bytes.add(bytes(put.entry()));
            put.tagging().join().stream().map(CacheTag::text).forEach(cacheTags::add);
        } else if (operation instanceof Operation.InvalidateTag invalidate) {
            cacheTags.add(invalidate.tag().text());
        } else if (operation instanceof Operation.Purge purge) {
            purged(purge);
        }
    }

    private OfShape count(Shape.Named named) {
        OfShape shape = shapes.computeIfAbsent(named.shape(), absent -> new OfShape());
        shape.operations++;
        shape.names.add(named.name());
        if (shape.examples.size() < EXAMPLES) {
            shape.examples.add(named.name());
        }
        return shape;
    }

    private void purged(Operation.Purge purge) {
        OfEdge edge = edges.get(purge.edge());
        if (edge != null) {
            edge.purges++;
            edge.targets.add(purge.target().toString());
            if (purge.target() instanceof EdgeTarget.Tagged tagged) {
                edge.tags.add(tagged.tag().text());
            }
        }
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    private static int bytes(Entry entry) {
        return switch (entry) {
            case Entry.Text text -> text.value().getBytes(UTF_8).length;
            case Entry.Json json -> json.value().utf8().length;
            case Entry.Members members ->
                members.texts().stream().mapToInt(RuleSample::bytes).sum();
            case Entry.Scored scored ->
                scored.scores().keySet().stream().mapToInt(RuleSample::bytes).sum();
            case Entry.Hash hash ->
                hash.fields().entrySet().stream()
                        .mapToInt(field -> field.getKey().getBytes(UTF_8).length
                                + field.getValue().getBytes(UTF_8).length)
                        .sum();
        };
    }

    SortedMap<Shape, OfShape> shapes() {
        return shapes;
    }

    Iterable<OfEdge> edges() {
        return edges.values();
    }

    Sizes fanOut() {
        return fanOut;
    }

    long cacheTags() {
        return cacheTags.count();
    }

    long failures() {
        return failures;
    }
}
