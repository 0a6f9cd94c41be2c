package dev.freshet.rules.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Settings that come by their whole names instead of in a file: {@code cache.url} is the key {@code url} of {@code cache}. They are read
 * and refused as a file's are; the place of a problem is the name.
 */
public final class NamedSettings {
    private final Set<String> maps;

    /** @param maps names of maps whose own keys have dots in them, such as {@code source.kafka} */
    public NamedSettings(Set<String> maps) {
        this.maps = Set.copyOf(maps);
    }

    /**
     * What they say.
     *
     * @param prefix of names in places of problems
     * @param named by name, without it
     */
    public Section read(String prefix, Map<String, String> named, Problems problems) {
        Tree top = new Tree(new TreeMap<>());
        named.forEach((name, value) -> top.put(name, "", value, maps));
        return new Section(top.mapping(Spot.root(new Place(prefix, 1, 1)), prefix), problems);
    }

    /** Values by key: a text, or a tree. */
    private record Tree(Map<String, Object> members) {
        void put(String name, String under, String value, Set<String> maps) {
            int dot = maps.contains(under) ? -1 : name.indexOf('.');
            if (dot < 0) {
                members.put(name, value);
                return;
            }
            String key = name.substring(0, dot);
            Object there = members.get(key);
            Tree tree = there instanceof Tree known ? known : new Tree(new TreeMap<>());
            members.put(key, tree);
            tree.put(name.substring(dot + 1), under.isEmpty() ? key : under + "." + key, value, maps);
        }

        Node.Mapping mapping(Spot spot, String name) {
            Map<String, Node> nodes = new LinkedHashMap<>();
            members.forEach((key, value) -> {
                String whole = name + key;
                Place place = new Place(whole, 1, 1);
                Spot at = spot.member(key, place, place);
                nodes.put(
                        key,
                        value instanceof Tree tree ? tree.mapping(at, whole + ".") : scalar(at, String.valueOf(value)));
            });
            return new Node.Mapping(spot, nodes, "");
        }

        /** As if it stood in quotes, so that an empty text is a text. */
        private static Node.Scalar scalar(Spot at, String text) {
            return new Node.Scalar(at, text, new Written(text, text, Written.Style.DOUBLE_QUOTED, ""));
        }
    }
}
