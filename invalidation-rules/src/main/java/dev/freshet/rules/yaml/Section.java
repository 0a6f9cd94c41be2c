package dev.freshet.rules.yaml;

import dev.freshet.rules.expression.Spelling;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A map being read. Each key is asked for by what it should be; {@link #finish()} then reports the keys nobody asked for. A
 * value that is wrong is reported and reads as absent, so a reader goes on and asks {@link #ifSound} in the end.
 */
public final class Section {
    private final Node.Mapping map;
    private final Problems problems;
    private final Reading reading;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> later = new LinkedHashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private List<String> missingOneOf = List.of();
    private final long errorsBefore;
    private boolean broken;

    Section(Node.Mapping map, Problems problems) {
        this.map = map;
        this.problems = problems;
        this.reading = new Reading(problems);
        this.errorsBefore = problems.errors();
    }

    public Spot spot() {
        return map.spot();
    }

    /** What is under a key, unread. */
    public Optional<Node> node(String key) {
        asked.add(key);
        Node node = map.members().get(key);
        broken |= node instanceof Node.Broken;
        return Optional.ofNullable(node);
    }

    /** What is under a key that must stand, unread. */
    public Optional<Node> requiredNode(String key) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            missing.add(key);
        }
        return node;
    }

    /** Which of some keys stands here: one of them must, and no other of them may. */
    public Optional<String> oneOf(String... keys) {
        asked.addAll(List.of(keys));
        List<String> present =
                Arrays.stream(keys).filter(map.members()::containsKey).toList();
        if (present.isEmpty()) {
            missingOneOf = List.of(keys);
            return Optional.empty();
        }
        present.stream()
                .skip(1)
                .forEach(key -> refuse(
                        key, Code.CONFLICTING_KEYS, "'" + present.getFirst() + "' says it already; write one of them"));
        return Optional.of(present.getFirst());
    }

    /** The scalar under a key. */
    public <T> Optional<T> optional(String key, Kind<T> kind) {
        return node(key).flatMap(node -> reading.scalar(node, kind));
    }

    /** The scalar under a key that must stand. */
    public <T> Optional<T> required(String key, Kind<T> kind) {
        return requiredNode(key).flatMap(node -> reading.scalar(node, kind));
    }

    /** The map under a key. */
    public Optional<Section> section(String key) {
        return node(key).flatMap(reading::section);
    }

    /** The map under a key that must stand. */
    public Optional<Section> requiredSection(String key) {
        return requiredNode(key).flatMap(reading::section);
    }

    /** The map under a key, unread. */
    public Optional<Node.Mapping> map(String key) {
        return node(key).flatMap(reading::map);
    }

    /** One value under a key, where it is a list. */
    Optional<List<Node>> items(Node value) {
        return reading.items(value);
    }

    /** One value under a key, where it is a map. */
    public Optional<Node.Mapping> map(Node value) {
        return reading.map(value);
    }

    /** Reports a problem of a value under a key, shown where it stands. */
    public void reportValue(Node value, Code code, String message) {
        problems.atValue(value, code, message);
    }

    /** Reports a key of a map under a key, with the spelling to take instead, if there is one. */
    public void reportName(Node value, Code code, String message, Optional<String> nearest) {
        problems.unknownName(value, code, message, nearest);
    }

    /** The list under a key; empty where it does not stand. */
    public List<Node> items(String key) {
        return node(key).flatMap(reading::items).orElse(List.of());
    }

    /** The maps in the list under a key; {@code first} is the key that such a map begins with, for those who forgot it. */
    public List<Section> sections(String key, String first) {
        return node(key).map(node -> reading.sections(node, first)).orElse(List.of());
    }

    /** One item of a list under a key, where it is a map. */
    public Optional<Section> section(Node item) {
        return reading.section(item);
    }

    /** One item of a list under a key, where it is a scalar. */
    public <T> Optional<T> scalar(Node item, Kind<T> kind) {
        return reading.scalar(item, kind);
    }

    /** Keys of the language that this version does not know yet: an error where one stands, never ignored. */
    public void notSupported(String... keys) {
        for (String key : keys) {
            later.add(key);
            Node node = map.members().get(key);
            if (node != null) {
                problems.atName(node, Code.NOT_SUPPORTED, "not supported by this version");
            }
        }
    }

    /** Reports a list where this version knows a scalar only; {@code what} says what the list would be. */
    public boolean notSupportedList(String key, String what) {
        Optional<Node> list = node(key).filter(Node.Items.class::isInstance);
        list.ifPresent(node -> problems.atValue(node, Code.NOT_SUPPORTED, what + " is not supported by this version"));
        return list.isPresent();
    }

    /** Reports keys that say what another key has said. */
    public void redundant(String message, String... keys) {
        for (String key : keys) {
            refuse(key, Code.CONFLICTING_KEYS, message);
        }
    }

    /** Reports a key that must not stand here. */
    void refuse(String key, Code code, String message) {
        node(key).ifPresent(node -> problems.atName(node, code, message));
    }

    /** A key that has its meaning elsewhere; {@code message} says where. */
    void notHere(String key, Code code, String message) {
        Node node = map.members().get(key);
        if (node != null && !asked.contains(key)) {
            later.add(key);
            problems.atName(node, code, message);
        }
    }

    /** A key of the sidecar, in a process that is not one. */
    void notReadHere(String key) {
        notHere(key, Code.UNKNOWN_KEY, "not read here; the sidecar reads this key");
    }

    /** Reports a problem of this map, shown at its own key. */
    public void report(Code code, String message) {
        problems.add(Problem.atName(map.spot(), code, message));
    }

    /** As {@link #finish}, where some keys may mean something that could not be found out. */
    void finishBut(Set<String> perhaps) {
        later.addAll(perhaps);
        finish();
    }

    /** Reports every key that was not asked for, and every required one that does not stand, not even misspelt. */
    public void finish() {
        map.members().forEach((key, node) -> {
            if (!asked.contains(key) && !later.contains(key)) {
                Optional<String> nearest = Spelling.nearest(key, asked);
                nearest.ifPresent(missing::remove);
                if (nearest.filter(missingOneOf::contains).isPresent()) {
                    missingOneOf = List.of();
                }
                problems.add(unknown(node, nearest));
            }
        });
        missing.forEach(key -> problems.add(Problem.atName(map.spot(), Code.MISSING_KEY, "'" + key + "' is missing")));
        if (!missingOneOf.isEmpty()) {
            report(Code.MISSING_KEY, "one of " + String.join(", ", missingOneOf) + " is missing");
        }
    }

    private Problem unknown(Node node, Optional<String> nearest) {
        String allowed = nearest.isPresent() ? "" : "; allowed: " + String.join(", ", asked);
        return Problem.atName(node.spot(), Code.UNKNOWN_KEY, "unknown key" + allowed)
                .suggestingSpelling(nearest);
    }

    /** What is made of this map, where nothing in it was wrong; to be asked once everything has been read. */
    public <T> Optional<T> ifSound(Supplier<T> made) {
        return broken || problems.errors() > errorsBefore ? Optional.empty() : Optional.of(made.get());
    }

    /** Whether one of some keys stands here. */
    public boolean has(String... keys) {
        return Arrays.stream(keys).anyMatch(map.members()::containsKey);
    }
}
