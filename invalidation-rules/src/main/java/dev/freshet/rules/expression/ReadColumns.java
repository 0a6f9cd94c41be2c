package dev.freshet.rules.expression;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Which columns a value is made of, so that an update of others leaves it as it is. */
public sealed interface ReadColumns {
    boolean contains(String column);

    /** These and those. */
    ReadColumns and(ReadColumns others);

    record Only(Set<String> columns) implements ReadColumns {
        static final Only NONE = new Only(Set.of());

        /** Interned, as those of {@link Node.Column}. */
        public Only {
            columns = columns.stream().map(String::intern).collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public boolean contains(String column) {
            return columns.contains(column);
        }

        @Override
        public ReadColumns and(ReadColumns others) {
            return switch (others) {
                case Only(Set<String> more) -> {
                    Set<String> both = new HashSet<>(columns);
                    both.addAll(more);
                    yield new Only(both);
                }
                case AllBut allBut -> allBut.and(this);
            };
        }
    }

    record AllBut(Set<String> columns) implements ReadColumns {
        public AllBut {
            columns = Set.copyOf(columns);
        }

        @Override
        public boolean contains(String column) {
            return !columns.contains(column);
        }

        @Override
        public ReadColumns and(ReadColumns others) {
            Set<String> unread = new HashSet<>(columns);
            unread.removeIf(others::contains);
            return new AllBut(unread);
        }
    }
}
