package dev.freshet.rules;

import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.expression.Template;
import java.util.Optional;

/** What a purge takes out of an edge. */
public sealed interface Purged {
    Edge.Kind kind();

    /** What names it; empty for everything. */
    Optional<Template> name();

    /** Objects that carry a tag, a URL, objects whose URL begins so, or a host's objects. */
    record Named(Edge.Kind kind, Template template) implements Purged {
        @Override
        public Optional<Template> name() {
            return Optional.of(template);
        }
    }

    record Everything() implements Purged {
        @Override
        public Edge.Kind kind() {
            return Edge.Kind.ALL;
        }

        @Override
        public Optional<Template> name() {
            return Optional.empty();
        }
    }
}
