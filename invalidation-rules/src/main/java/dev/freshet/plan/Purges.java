package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.rules.Purge;
import dev.freshet.rules.Purged;
import dev.freshet.rules.edge.Edge;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Plans purges of edges: the names of the old row and those of the new one. */
record Purges(RowTexts texts, Rows rows) {
    void plan(Purge purge, String path) {
        plan(purge, path, every -> true);
    }

    /**
     * The same where these rows do not name all that {@code isWhole} denies: what is purged instead is then purged at once.
     * False where nothing is known that is purged instead.
     */
    boolean plan(Purge purge, String path, Predicate<Purged> isWhole) {
        if (rows.old() == null && rows.now() == null) {
            return true;
        }
        boolean asSaid = isWhole.test(purge.what());
        Set<String> names = asSaid ? names(purge.what(), path) : Set.of();
        if (asSaid && names.isEmpty()) {
            return true;
        }
        List<Set<String>> escalations = new ArrayList<>();
        for (int i = 0; i < purge.escalate().size(); i++) {
            Purged level = purge.escalate().get(i);
            escalations.add(isWhole.test(level) ? names(level, path + ".escalate[" + i + "]") : Set.of());
        }
        if (!asSaid && escalations.stream().allMatch(Set::isEmpty)) {
            return false;
        }
        for (Edge edge : purge.edges()) {
            List<Set<EdgeTarget>> escalate = escalate(purge, escalations, edge);
            if (asSaid) {
                boolean soft = purge.soft()
                        .orElse(edge.soft()
                                && edge.type().canSoftly(purge.what().kind()));
                names.forEach(name -> write(purge, edge, target(purge.what(), name, edge), soft, escalate));
            } else {
                List<Set<EdgeTarget>> further = escalate.subList(1, escalate.size());
                escalate.getFirst().forEach(target -> write(purge, edge, target, false, further));
            }
        }
        return true;
    }

    private void write(Purge purge, Edge edge, EdgeTarget target, boolean soft, List<Set<EdgeTarget>> escalate) {
        Change change = texts.change();
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
                    case URL, PREFIX ->
                        texts.oldAndNewUrls(
                                named.template(), path + "." + named.kind().word(), rows);
                    case TAG, HOST, ALL ->
                        texts.oldAndNew(
                                named.template(), path + "." + named.kind().word(), rows);
                };
        };
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
