package dev.freshet.plan;

import dev.freshet.rules.expression.KeyPattern;
import java.util.List;

/** Which parts of an entry a put can have made: its member template read backwards. */
public sealed interface PartPattern {
    /** Exactly these fields of a hash. */
    record Fields(List<String> names) implements PartPattern {}

    /** Fields of a hash. */
    record Field(KeyPattern names) implements PartPattern {}

    record SetMember(KeyPattern members) implements PartPattern {}

    record SortedSetMember(KeyPattern members) implements PartPattern {}
}
