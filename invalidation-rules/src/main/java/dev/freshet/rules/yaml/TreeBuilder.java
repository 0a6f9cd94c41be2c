package dev.freshet.rules.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Builds the tree of one file. An alias is read by going back to the events of its anchor, so that every node has the path by
 * which it is used; {@link Events} has bounded how much that can be.
 */
final class TreeBuilder {
    private static final String CORE_TAG = "tag:yaml.org,2002:";
    private static final Set<String> CORE_TAGS = Set.of("str", "int", "float", "bool", "null", "seq", "map");

    private final SourceText source;
    private final Problems problems;
    private final List<Event> events;
    private final Map<Anchor, Integer> anchors = new HashMap<>();
    private final Set<Anchor> open = new HashSet<>();
    private final Set<Anchor> used = new HashSet<>();
    private int next;
    private int replays;
    private int flows;

    private TreeBuilder(SourceText source, List<Event> events, Problems problems) {
        this.source = source;
        this.events = events;
        this.problems = problems;
    }

    /** The tree of a file: an empty map where nothing stands in it, broken where it is not YAML. */
    static Node read(SourceText source, Problems problems) {
        long errors = problems.errors();
        List<Event> events = Events.of(source, problems);
        if (events.isEmpty()) {
            Spot root = Spot.root(source.start());
            return problems.errors() > errors ? new Node.Broken(root) : new Node.Mapping(root, Map.of(), "");
        }
        TreeBuilder builder = new TreeBuilder(source, events, problems);
        Node root = builder.node(Spot::root);
        builder.reportUnusedAnchors();
        return root;
    }

    private Node node(Function<Place, Spot> where) {
        Event event = events.get(next++);
        Place place = source.place(start(event));
        return switch (event) {
            case AliasEvent alias -> alias(alias, where);
            case ScalarEvent scalar -> anchored(scalar, next, () -> scalar(scalar, where));
            case CollectionStartEvent start -> anchored(start, next, () -> collection(start, where.apply(place)));
            default -> throw new IllegalStateException("the parser promised a node: " + event);
        };
    }

    private interface Reading {
        Node read();
    }

    private Node anchored(NodeEvent event, int after, Reading reading) {
        if (event.getAnchor().isEmpty()) {
            return reading.read();
        }
        Anchor anchor = event.getAnchor().get();
        anchors.put(anchor, after - 1);
        open.add(anchor);
        Node node = reading.read();
        open.remove(anchor);
        return node;
    }

    private Node alias(AliasEvent alias, Function<Place, Spot> where) {
        Anchor anchor = alias.getAlias();
        used.add(anchor);
        Integer begin = anchors.get(anchor);
        if (begin == null || open.contains(anchor)) {
            Spot spot = where.apply(source.place(start(alias)));
            report(badAlias(alias, spot, begin == null));
            return new Node.Broken(spot);
        }
        int resume = next;
        next = begin;
        replays++;
        Node node = node(where);
        replays--;
        next = resume;
        return node;
    }

    private Problem badAlias(AliasEvent alias, Spot spot, boolean unknown) {
        return unknown
                ? Problem.atValue(
                                spot,
                                Code.BAD_ALIAS,
                                "YAML reads a text that begins with '*' as an alias, and there is no such anchor")
                        .suggesting("if it is text, "
                                + QuotedLine.clause(
                                        spot.label(),
                                        flows > 0
                                                ? FlowText.valueOf(source.tail(start(alias)))
                                                : QuotedLine.valueOf(source.tail(start(alias)))))
                : Problem.atValue(spot, Code.BAD_ALIAS, "the alias stands inside its own anchor");
    }

    private Node scalar(ScalarEvent event, Function<Place, Spot> where) {
        Place place = source.place(start(event));
        String raw = source.slice(start(event), end(event));
        if (isForeign(event.getTag().orElse(CORE_TAG + "str"))) {
            return broken(where.apply(place), Code.CUSTOM_TAG, "YAML reads a text that begins with '!' as a tag", raw);
        }
        if (event.getAnchor().isPresent() && event.getValue().isEmpty() && event.isPlain()) {
            event.getAnchor().ifPresent(used::add);
            return broken(
                    where.apply(place), Code.NEEDS_QUOTES, "YAML reads a text that begins with '&' as an anchor", raw);
        }
        int before = Written.lengthOfProperties(raw);
        Written written = Written.of(event, raw.substring(before), source.tail(end(event)));
        return new Node.Scalar(where.apply(place.right(before)), event.getValue(), written);
    }

    private Node collection(CollectionStartEvent start, Spot spot) {
        if (isForeign(start.getTag().orElse(CORE_TAG + "map"))) {
            skipRest();
            return broken(spot, Code.CUSTOM_TAG, "YAML tags have no meaning here", "");
        }
        flows += start.isFlow() ? 1 : 0;
        Node node = contents(start, spot);
        flows -= start.isFlow() ? 1 : 0;
        return node;
    }

    private Node contents(CollectionStartEvent start, Spot spot) {
        if (start instanceof MappingStartEvent) {
            Optional<Map<String, Node>> members = members(spot);
            String written = written(start);
            return members.isPresent() ? new Node.Mapping(spot, members.get(), written) : new Node.Broken(spot);
        }
        List<Node> nodes = new ArrayList<>();
        while (!(events.get(next) instanceof CollectionEndEvent)) {
            int index = nodes.size();
            nodes.add(node(place -> spot.item(index, place)));
        }
        return new Node.Items(spot, nodes, written(start));
    }

    /** Passes over the end of a collection; its text where it is in flow style. */
    private String written(CollectionStartEvent start) {
        Event end = events.get(next++);
        return start.isFlow() ? source.slice(start(start), end(end)) : "";
    }

    /** Up to the end of the map; empty where one of its keys is none, which is reported. */
    private Optional<Map<String, Node>> members(Spot spot) {
        Map<String, Node> members = new LinkedHashMap<>();
        Map<String, Node> merged = new LinkedHashMap<>();
        boolean sound = true;
        while (!(events.get(next) instanceof CollectionEndEvent)) {
            Event event = events.get(next++);
            if (event instanceof ScalarEvent key && !isForeign(key.getTag().orElse(CORE_TAG + "str"))) {
                Place place = source.place(start(key));
                Node value = node(valuePlace -> spot.member(key.getValue(), place, valuePlace));
                if (key.isPlain() && key.getValue().equals("<<")) {
                    merge(value, merged);
                } else {
                    reportDuplicate(value, Optional.ofNullable(members.putIfAbsent(key.getValue(), value)));
                }
            } else {
                sound = false;
                oddKey(spot, event);
                node(Spot::root);
            }
        }
        merged.forEach(members::putIfAbsent);
        return sound ? Optional.of(members) : Optional.empty();
    }

    /** Reported, and read all the same, so that what it brings is not reported as missing. */
    private void merge(Node value, Map<String, Node> merged) {
        report(Problem.atName(value.spot(), Code.MERGE_KEY, "'<<' is not part of YAML 1.2")
                .suggesting("write the keys out, or put an alias in place of the whole map"));
        if (value instanceof Node.Mapping map) {
            merged.putAll(map.members());
        }
    }

    private void reportDuplicate(Node value, Optional<Node> first) {
        first.map(node -> node.spot().name())
                .ifPresent(before -> report(Problem.atName(
                        value.spot(),
                        Code.DUPLICATE_KEY,
                        "duplicate key; it stands at " + before.line() + ":" + before.column() + " already")));
    }

    /** A map, list, alias or tag where a key belongs: mostly a template that begins with two braces. */
    private void oddKey(Spot spot, Event event) {
        if (event instanceof CollectionStartEvent) {
            skipRest();
        }
        Mark mark = start(event);
        report(new Problem(
                        Code.NEEDS_QUOTES,
                        source.place(mark),
                        spot.path(),
                        "a key is text; YAML reads a map, list, alias or tag here",
                        Optional.empty())
                .suggesting(
                        QuotedLine.clauseForLine(source.line(mark.getLine())).orElse("put it in quotes")));
    }

    private void skipRest() {
        for (int depth = 1; depth > 0; next++) {
            Event event = events.get(next);
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
        }
    }

    private static boolean isForeign(String tag) {
        return !tag.startsWith(CORE_TAG) || !CORE_TAGS.contains(tag.substring(CORE_TAG.length()));
    }

    private Node broken(Spot spot, Code code, String message, String text) {
        Problem problem = Problem.atValue(spot, code, message);
        report(text.isEmpty() ? problem : problem.suggesting(QuotedLine.clause(spot.label(), text)));
        return new Node.Broken(spot);
    }

    /** Says it once, not again for each alias. */
    private void report(Problem problem) {
        if (replays == 0) {
            problems.add(problem);
        }
    }

    private void reportUnusedAnchors() {
        anchors.forEach((anchor, begin) -> {
            if (!used.contains(anchor)) {
                problems.add(new Problem(
                                Code.UNUSED,
                                source.place(start(events.get(begin))),
                                "",
                                "YAML reads a text that begins with '&' as an anchor, and no alias uses this one",
                                Optional.empty())
                        .suggesting("if it is text, put the text in quotes"));
            }
        });
    }

    private static Mark start(Event event) {
        return event.getStartMark().orElseThrow();
    }

    private static Mark end(Event event) {
        return event.getEndMark().orElseThrow();
    }
}
