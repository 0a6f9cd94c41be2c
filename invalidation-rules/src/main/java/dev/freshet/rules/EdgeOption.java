package dev.freshet.rules;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an edge's provider alone understands: a tree of texts, variables replaced. It may hold secrets and prints none. */
public sealed interface EdgeOption {
    record Text(String reveal) implements EdgeOption {
        /** {@code ***}. */
        @Override
        public String toString() {
            return "***";
        }
    }

    record Items(List<EdgeOption> items) implements EdgeOption {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** In the order written. */
    record Members(Map<String, EdgeOption> members) implements EdgeOption {
        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }
}
