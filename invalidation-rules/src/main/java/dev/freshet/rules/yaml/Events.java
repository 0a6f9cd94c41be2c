package dev.freshet.rules.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The node events of one document: parsed, and bounded before anything is built of them. Depth is bounded because the tree is
 * built and read by recursion; size after expansion, because ten lines of aliases can stand for a billion nodes.
 */
final class Events {
    static final int MAX_DEPTH = 64;
    static final int MAX_NODES = 100_000;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setUseMarks(true).build();

    private Events() {}

    /** The events that make up nodes, in order; empty where they cannot be used, which is reported. */
    static List<Event> of(SourceText source, Problems problems) {
        List<Event> events = new ArrayList<>();
        int depth = 0;
        int documents = 0;
        try {
            for (Event event : new Parse(SETTINGS).parseString(source.text())) {
                if (event instanceof DocumentStartEvent && ++documents > 1) {
                    return refuse(source, event, Code.SYNTAX, "a second document begins; a file is one", problems);
                }
                depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
                if (depth > MAX_DEPTH) {
                    return refuse(source, event, Code.TOO_LARGE, "nested deeper than " + MAX_DEPTH, problems);
                }
                if (event instanceof NodeEvent || event instanceof CollectionEndEvent) {
                    events.add(event);
                }
            }
        } catch (YamlEngineException e) {
            problems.add(SyntaxTrap.explain(source, e));
            return List.of();
        }
        Optional<Event> tooMany = firstPast(events);
        return tooMany.isEmpty()
                ? events
                : refuse(
                        source,
                        tooMany.get(),
                        Code.TOO_LARGE,
                        "with its aliases written out the file has more than " + MAX_NODES + " values",
                        problems);
    }

    private static List<Event> refuse(SourceText source, Event event, Code code, String message, Problems problems) {
        Place place = event.getStartMark().map(source::place).orElse(source.start());
        problems.add(new Problem(code, place, "", message, Optional.empty()));
        return List.of();
    }

    private record Open(Optional<Anchor> anchor, long before) {}

    /** The event at which the expanded size passes the bound. */
    private static Optional<Event> firstPast(List<Event> events) {
        Map<Anchor, Long> sizes = new HashMap<>();
        Deque<Open> open = new ArrayDeque<>();
        long total = 0;
        for (Event event : events) {
            if (event instanceof AliasEvent alias) {
                total += sizes.getOrDefault(alias.getAlias(), 1L);
            } else if (event instanceof ScalarEvent scalar) {
                total++;
                scalar.getAnchor().ifPresent(anchor -> sizes.put(anchor, 1L));
            } else if (event instanceof CollectionStartEvent start) {
                open.push(new Open(start.getAnchor(), total++));
            } else if (event instanceof CollectionEndEvent) {
                Open closed = open.pop();
                long size = total - closed.before();
                closed.anchor().ifPresent(anchor -> sizes.put(anchor, size));
            }
            if (total > MAX_NODES) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }
}
