package dev.freshet.rules.yaml;

import dev.freshet.rules.edge.Ability;
import dev.freshet.rules.edge.Edge;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what an edge cannot do, and what it can. */
final class CannotPurge {
    private CannotPurge() {}

    static String by(Edge.Kind kind, Edge edge) {
        Optional<String> missing = edge.type().ability(kind).flatMap(Ability::needs);
        return missing.isPresent()
                ? who(edge) + " cannot purge by " + kind.word() + " unless its key '" + missing.get() + "' stands"
                : who(edge) + " cannot purge by " + kind.word() + "; it can by " + able(edge);
    }

    static String softlyBy(Edge.Kind kind, Edge edge) {
        return who(edge) + " cannot purge by " + kind.word() + " softly; say soft: false";
    }

    private static String who(Edge edge) {
        return "the edge '" + edge.name() + "' (" + edge.type().word() + ")";
    }

    private static String able(Edge edge) {
        return Arrays.stream(Edge.Kind.values())
                .filter(edge::can)
                .map(Edge.Kind::word)
                .collect(Collectors.joining(", "));
    }
}
