package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.rules.Edge;
import dev.freshet.rules.Purge;
import dev.freshet.rules.Purged;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans purges of edges: the names of the old row and those of the new one. */
record Purges(RowTexts texts, Rows rows) {
    void plan(Purge purge, String path) {
        if (rows.old() == null && rows.now() == null) {
            return;
        }
        Set<String> names = names(purge.what(), path);
        if (names.isEmpty()) {
            return;
        }
        List<Set<String>> escalations = new ArrayList<>();
        for (int i = 0; i < purge.escalate().size(); i++) {
            escalations.add(names(purge.escalate().get(i), path + ".escalate[" + i + "]"));
        }
        for (Edge edge : purge.edges()) {
            List<Set<EdgeTarget>> escalate = escalate(purge, escalations, edge);
            for (String name : names) {
                write(purge, edge, target(purge.what(), name, edge), escalate);
            }
        }
    }

    private void write(Purge purge, Edge edge, EdgeTarget target, List<Set<EdgeTarget>> escalate) {
        Change change = texts.change();
        boolean soft = purge.soft()
                .orElse(edge.soft() && edge.type().canSoftly(purge.what().kind()));
        texts.effects()
                .write(new Operation.Purge(
                        texts.rule().rule().name(),
                        change.version(),
                        change.committedAt(),
                        edge.name(),
                        target,
                        soft,
                        purge.againAfter(),
                        escalate));
    }

    /** Everything has no name, and stands for one. */
    private Set<String> names(Purged what, String path) {
        return switch (what) {
            case Purged.Everything everything -> Set.of("");
            case Purged.Named named ->
                switch (named.kind()) {
                    case URL, PREFIX -> texts.oldAndNewUrls(named.template(), path + "." + word(named.kind()), rows);
                    case TAG, HOST, ALL -> texts.oldAndNew(named.template(), path + "." + word(named.kind()), rows);
                };
        };
    }

    private static String word(Edge.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** A level of which these rows have no name is passed over. */
    private static List<Set<EdgeTarget>> escalate(Purge purge, List<Set<String>> names, Edge edge) {
        List<Set<EdgeTarget>> levels = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Purged what = purge.escalate().get(i);
            Set<EdgeTarget> targets = names.get(i).stream()
                    .map(name -> target(what, name, edge))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (!targets.isEmpty()) {
                levels.add(targets);
            }
        }
        return levels;
    }

    private static EdgeTarget target(Purged what, String name, Edge edge) {
        return switch (what.kind()) {
            case TAG -> new EdgeTarget.Tagged(EdgeTag.of(name, edge.type().longestTag()));
            case URL -> new EdgeTarget.Url(name);
            case PREFIX -> new EdgeTarget.UrlPrefix(name);
            case HOST -> new EdgeTarget.Host(name);
            case ALL -> new EdgeTarget.Everything();
        };
    }
}
