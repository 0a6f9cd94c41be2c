package dev.freshet.rules.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value in a file that knows where it stands. Aliases are resolved: the node under an alias has the alias's path. */
public sealed interface Node {
    Spot spot();

    /**
     * Text, number, boolean or nothing: what a scalar means is said by its place, not by YAML.
     *
     * @param text without quotes and escapes, variables replaced
     * @param written how it stands in the file
     */
    record Scalar(Spot spot, String text, Written written) implements Node {
        /** Nothing stands after the key. */
        public boolean isAbsent() {
            return written.raw().isEmpty() && written.style() == Written.Style.PLAIN;
        }

        /** Where a character of {@link #text()} stands; the scalar's start where that cannot be told. */
        Place placeOf(int offset) {
            return written.placeOf(spot.value(), offset);
        }

        Scalar withText(String other) {
            return new Scalar(spot, other, written);
        }
    }

    /**
     * A list.
     *
     * @param written its text where it is in flow style ({@code [a, b]}), else empty
     */
    record Items(Spot spot, List<Node> nodes, String written) implements Node {
        public Items {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * A map, in the file's order.
     *
     * @param written its text where it is in flow style ({@code {a: b}}), else empty
     */
    record Mapping(Spot spot, Map<String, Node> members, String written) implements Node {
        public Mapping {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        boolean isFlow() {
            return !written.isEmpty();
        }
    }

    /** Something that was reported already; whoever reads it says no more about it. */
    record Broken(Spot spot) implements Node {}
}
