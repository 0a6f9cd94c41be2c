package dev.freshet.rules;

import dev.freshet.rules.expression.ReadColumns;
import dev.freshet.rules.expression.Template;
import dev.freshet.rules.expression.ValueShape;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/** A message to others, one for each change that counts. It sees the event. */
public sealed interface Publication {
    /** Where it goes. */
    Template name();

    /** As rule files call {@link #name}: {@code stream}, {@code channel} or {@code topic}. */
    String by();

    ValueShape value();

    /** Every column it reads, of the row, of {@code before} and of {@code after}. */
    default ReadColumns columns() {
        return new ReadColumns.Only(name().columns()).and(value().columns());
    }

    /** Those of {@code before}. */
    default Set<String> columnsBefore() {
        Set<String> columns = new HashSet<>(name().columnsBefore());
        columns.addAll(value().columnsBefore());
        return columns;
    }

    /** A stream of the cache. */
    record ToStream(Template name, OptionalInt maxLength, ValueShape value) implements Publication {
        @Override
        public String by() {
            return "stream";
        }
    }

    /** A channel of the cache: who is not listening does not hear it. */
    record ToChannel(Template name, ValueShape value) implements Publication {
        @Override
        public String by() {
            return "channel";
        }
    }

    /** A topic of a broker. */
    record ToTopic(Template name, ValueShape value) implements Publication {
        @Override
        public String by() {
            return "topic";
        }
    }
}
