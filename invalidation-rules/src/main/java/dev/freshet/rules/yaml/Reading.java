package dev.freshet.rules.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes nodes for what their place wants them to be; says what is wrong where they are something else. */
final class Reading {
    private static final int SHOWN = 60;
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./*-]+");

    private final Problems problems;

    Reading(Problems problems) {
        this.problems = problems;
    }

    <T> Optional<T> scalar(Node node, Kind<T> kind) {
        return text(node).flatMap(scalar -> scalar(scalar, kind));
    }

    private <T> Optional<T> scalar(Node.Scalar scalar, Kind<T> kind) {
        switch (kind.read(scalar.text())) {
            case Answer.Is<T>(T value) -> {
                return Optional.of(value);
            }
            case Answer.IsNot<T>(String expected, Optional<String> nearest) ->
                problems.add(Problem.atValue(
                                scalar.spot(), Code.BAD_VALUE, "expected " + expected + ", found " + shown(scalar))
                        .suggestingSpelling(nearest));
            case Answer.Refused<T>(Code code, String message) -> problems.atValue(scalar, code, message);
        }
        return Optional.empty();
    }

    /** A scalar of any kind; nothing at all after the key is not one. */
    Optional<Node.Scalar> text(Node node) {
        switch (node) {
            case Node.Scalar scalar -> {
                if (!scalar.isAbsent()) {
                    return Optional.of(scalar);
                }
                problems.atName(scalar, Code.MISSING_KEY, "nothing stands here; expected a value");
            }
            case Node.Mapping map -> problems.add(mapForText(map));
            case Node.Items items -> problems.add(wrongKind(items, "a text"));
            case Node.Broken broken -> {}
        }
        return Optional.empty();
    }

    private static Problem mapForText(Node.Mapping map) {
        if (!map.isFlow()) {
            return wrongKind(map, "a text");
        }
        return Problem.atValue(map.spot(), Code.NEEDS_QUOTES, "expected a text; YAML reads " + shown(map) + " as a map")
                .suggesting(QuotedLine.clause(map.spot().label(), map.written()));
    }

    Optional<List<Node>> items(Node node) {
        switch (node) {
            case Node.Items items -> {
                return Optional.of(items.nodes());
            }
            case Node.Scalar scalar when scalar.isAbsent() -> problems.add(wrongKind(scalar, "a list"));
            case Node.Scalar scalar ->
                problems.add(wrongKind(scalar, "a list")
                        .suggesting("write " + scalar.spot().label() + ": [" + inList(scalar) + "]"));
            case Node.Mapping map -> problems.add(wrongKind(map, "a list").suggesting("begin each item with '- '"));
            case Node.Broken broken -> {}
        }
        return Optional.empty();
    }

    /** Plain text of letters needs no quotes; anything else might, inside a list. */
    private static String inList(Node.Scalar scalar) {
        String meaning = scalar.written().meaning();
        return BARE.matcher(meaning).matches() ? meaning : QuotedLine.quote(meaning);
    }

    /** The maps of a list; {@code first} is the key that each begins with. */
    List<Section> sections(Node node, String first) {
        if (node instanceof Node.Scalar scalar && !scalar.isAbsent()) {
            problems.add(wrongKind(scalar, "a list").suggesting("write [{" + first + ": " + inList(scalar) + "}]"));
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (Node item : items(node).orElse(List.of())) {
            if (item instanceof Node.Scalar scalar && !scalar.isAbsent()) {
                problems.add(wrongKind(scalar, "a map")
                        .suggesting("write - " + first + ": " + scalar.written().raw()));
            } else {
                section(item).ifPresent(sections::add);
            }
        }
        return sections;
    }

    Optional<Node.Mapping> map(Node node) {
        switch (node) {
            case Node.Mapping map -> {
                return Optional.of(map);
            }
            case Node.Scalar scalar
            when scalar.spot().path().isEmpty() && !scalar.isAbsent() ->
                // A whole file, perhaps of another kind: what it holds may be a secret.
                problems.add(Problem.atValue(scalar.spot(), Code.WRONG_KIND, "expected a map, found a text"));
            case Node.Scalar scalar -> problems.add(wrongKind(scalar, "a map"));
            case Node.Items items -> problems.add(wrongKind(items, "a map"));
            case Node.Broken broken -> {}
        }
        return Optional.empty();
    }

    Optional<Section> section(Node node) {
        return map(node).map(map -> new Section(map, problems));
    }

    static Problem wrongKind(Node node, String expected) {
        String found = switch (node) {
            case Node.Scalar scalar -> scalar.isAbsent() ? "nothing" : shown(scalar);
            case Node.Items items -> "a list";
            case Node.Mapping map -> "a map";
            case Node.Broken broken -> "something else";
        };
        return Problem.atValue(node.spot(), Code.WRONG_KIND, "expected " + expected + ", found " + found);
    }

    private static String shown(Node.Mapping map) {
        return QuotedLine.isSecret(map.spot().label()) ? "it" : map.written();
    }

    /** As written, so that what a variable stands for is never shown. */
    static String shown(Node.Scalar scalar) {
        if (QuotedLine.isSecret(scalar.spot().label())) {
            return "a text";
        }
        String line = scalar.written().meaning().lines().findFirst().orElse("");
        return "'" + (line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line) + "'";
    }
}
