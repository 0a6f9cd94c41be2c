package dev.freshet.rules.yaml;

import dev.freshet.rules.Purge;
import dev.freshet.rules.Purged;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.expression.Spelling;
import dev.freshet.rules.expression.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads one item of {@code purge}. */
record PurgeReader(Edges edges, RuleTexts texts, TagCheck tags, Problems problems) {
    private static final String[] KINDS = {"tag", "url", "prefix", "host", "all"};

    /** Empty where it cannot be used, which is reported. */
    Optional<Purge> read(Section item) {
        Optional<Purged> what = purged(item);
        List<Edge> where = edges(item);
        Optional<Boolean> soft = item.optional("soft", Kind.FLAG);
        Optional<Duration> again = item.optional("again_after", Kind.DURATION);
        List<Purged> escalate = new ArrayList<>();
        what.ifPresent(found -> check(item, found, where, soft));
        for (Section level : item.sections("escalate", "tag")) {
            purged(level).ifPresent(found -> {
                check(level, found, where, Optional.empty());
                escalate.add(found);
            });
            level.finish();
        }
        item.finish();
        edges.use(where);
        return what.filter(found -> !where.isEmpty()).map(found -> new Purge(found, where, soft, again, escalate));
    }

    private Optional<Purged> purged(Section item) {
        return item.oneOf(KINDS).flatMap(by -> {
            Node node = item.node(by).orElseThrow();
            Edge.Kind kind = Edge.Kind.valueOf(by.toUpperCase(Locale.ROOT));
            return switch (kind) {
                case ALL -> {
                    item.optional(by, Kind.FLAG)
                            .filter(everything -> !everything)
                            .ifPresent(no -> problems.atValue(node, Code.BAD_VALUE, "only true says something here"));
                    yield Optional.of(new Purged.Everything());
                }
                case URL -> url(node).map(template -> new Purged.Named(kind, template));
                case TAG, PREFIX, HOST -> texts.name(node).map(found -> new Purged.Named(kind, found.value()));
            };
        });
    }

    private Optional<Template> url(Node node) {
        return texts.name(node).map(RuleTexts.Compilation::value).filter(template -> {
            boolean odd = template.parts().getFirst() instanceof Template.Literal(String text)
                    && !text.startsWith("https://")
                    && !text.startsWith("http://");
            if (odd) {
                problems.atValue(node, Code.BAD_VALUE, "a url begins with https:// or http://");
            }
            return !odd;
        });
    }

    /** Those that the item names, else all; empty where there is none, which is reported. */
    private List<Edge> edges(Section item) {
        Optional<Node> named = item.node("edge");
        if (named.isEmpty()) {
            if (edges.areNone()) {
                item.report(
                        Code.UNKNOWN_EDGE, "there are no edges to purge; define them under 'edges' in the main file");
            }
            return List.copyOf(edges.all());
        }
        List<Edge> found = new ArrayList<>();
        List<Node> names = named.get() instanceof Node.Items items ? items.nodes() : List.of(named.get());
        for (Node name : names) {
            new Reading(problems).scalar(name, Kind.TEXT).ifPresent(text -> {
                Optional<Edge> edge = edges.named(text);
                edge.ifPresent(found::add);
                if (edge.isEmpty() && !edges.names().contains(text)) {
                    problems.add(unknown(name, text));
                }
            });
        }
        if (names.isEmpty()) {
            problems.atValue(named.get(), Code.NOTHING_TO_DO, "the list is empty");
        }
        return found;
    }

    private Problem unknown(Node node, String name) {
        String message = "there is no edge '" + name + "'";
        Optional<String> nearest = Spelling.nearest(name, edges.names());
        String allowed = edges.names().isEmpty()
                ? "; define it under 'edges' in the main file"
                : "; there are " + String.join(", ", edges.names());
        return Problem.atValue(node.spot(), Code.UNKNOWN_EDGE, nearest.isPresent() ? message : message + allowed)
                .suggestingSpelling(nearest);
    }

    private void check(Section item, Purged what, List<Edge> where, Optional<Boolean> soft) {
        item.node(what.kind().word()).ifPresent(node -> {
            for (Edge edge : where) {
                if (!edge.can(what.kind())) {
                    problems.add(Problem.atName(node.spot(), Code.EDGE_CANNOT, CannotPurge.by(what.kind(), edge))
                            .suggesting("name the edges that can with 'edge'"));
                } else if (soft.orElse(false) && !edge.type().canSoftly(what.kind())) {
                    problems.atName(node, Code.EDGE_CANNOT, CannotPurge.softlyBy(what.kind(), edge));
                }
            }
            if (what instanceof Purged.Named(Edge.Kind kind, Template tag)
                    && kind == Edge.Kind.TAG
                    && node instanceof Node.Scalar scalar) {
                tags.check(scalar, tag, where);
            }
        });
    }
}
