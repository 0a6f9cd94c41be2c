package dev.freshet.rules.edge;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

        /** The text under a key; empty where none stands. */
        public Optional<String> text(String key) {
            return members.get(key) instanceof Text(String text) ? Optional.of(text) : Optional.empty();
        }

        /**
         * The text under a key that must stand.
         *
         * @throws IllegalStateException where none does: whoever read the file had to refuse it
         */
        public String required(String key) {
            return text(key).orElseThrow(() -> new IllegalStateException("nobody refused an edge without " + key));
        }

        /** The texts in the list under a key; none where it does not stand. */
        public List<String> texts(String key) {
            if (!(members.get(key) instanceof Items(List<EdgeOption> items))) {
                return List.of();
            }
            return items.stream()
                    .flatMap(item -> item instanceof Text(String text) ? Stream.of(text) : Stream.empty())
                    .toList();
        }

        /** The texts in the map under a key, by name; none where it does not stand. */
        public Map<String, String> named(String key) {
            Map<String, String> texts = new LinkedHashMap<>();
            if (members.get(key) instanceof Members(Map<String, EdgeOption> inner)) {
                inner.forEach((name, option) -> {
                    if (option instanceof Text(String text)) {
                        texts.put(name, text);
                    }
                });
            }
            return texts;
        }
    }
}
