package dev.freshet.plan;

import dev.freshet.rules.expression.JsonValue;
import java.util.Map;
import java.util.Set;

/** What a cache entry holds. */
public sealed interface Entry {
    /** A string, stored as UTF-8. */
    record Text(String value) implements Entry {}

    /** A string that is one JSON document; serialized only when it is written. */
    record Json(JsonValue value) implements Entry {}

    /** A set of texts; never empty. */
    record Members(Set<String> texts) implements Entry {}

    /** A sorted set: texts and their scores, which are numbers or infinite; never empty. */
    record Scored(Map<String, Double> scores) implements Entry {}

    /** A hash of texts; NULL fields are already left out. It may be empty, which no cache can hold: then it is absent. */
    record Hash(Map<String, String> fields) implements Entry {}
}
