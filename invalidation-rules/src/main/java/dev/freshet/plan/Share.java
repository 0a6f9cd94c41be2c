package dev.freshet.plan;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a row writes into an entry that it shares with others. */
public sealed interface Share {
    Part part();

    /** Some of the fields; those of {@code part} that have no value here were NULL and are removed. At least one has a value. */
    record Fields(Part.Fields part, Map<String, String> values) implements Share {
        public Fields {
            values = Collections.unmodifiableMap(new TreeMap<>(values));
            if (values.isEmpty() || !part.names().containsAll(values.keySet())) {
                throw new IllegalArgumentException("values of other fields, or none: " + values.keySet());
            }
        }
    }

    record Field(Part.Field part, String value) implements Share {}

    record SetMember(Part.SetMember part) implements Share {}

    /** {@code score} is a number, or infinite, never NaN. */
    record SortedSetMember(Part.SortedSetMember part, double score) implements Share {
        public SortedSetMember {
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("a score is a number");
            }
        }
    }
}
