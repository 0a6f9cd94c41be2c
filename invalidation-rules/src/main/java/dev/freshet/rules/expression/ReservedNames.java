package dev.freshet.rules.expression;

import java.util.Set;

/** Names that are no columns, so that a column called so is written {@code row["name"]}. */
final class ReservedNames {
    /** CEL's literals and operators, and the words it keeps for later. */
    private static final Set<String> CEL_WORDS = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private static final Set<String> ROW_OBJECTS = Set.of("row", "table");

    private static final Set<String> EVENT_OBJECTS = Set.of("before", "after", "change");

    private ReservedNames() {}

    static boolean contains(String name) {
        return CEL_WORDS.contains(name) || isObject(name);
    }

    static boolean isObject(String name) {
        return ROW_OBJECTS.contains(name) || isOfEvent(name);
    }

    static boolean isOfEvent(String name) {
        return EVENT_OBJECTS.contains(name);
    }
}
