package dev.freshet.rules;

import dev.freshet.rules.expression.Template;

/** Entries that an application fills, and that go when a row changes. */
public sealed interface Invalidation {
    /** What names them. */
    Template name();

    /** As rule files call {@link #name}: {@code key}, {@code tag} or {@code prefix}. */
    String by();

    /** One entry. */
    record ByKey(Template name) implements Invalidation {
        @Override
        public String by() {
            return "key";
        }
    }

    /** All entries registered under a tag, by puts or by fills. */
    record ByTag(Template name) implements Invalidation {
        @Override
        public String by() {
            return "tag";
        }
    }

    /** All entries whose key begins so; the cache has to look at every key it holds. */
    record ByPrefix(Template name) implements Invalidation {
        @Override
        public String by() {
            return "prefix";
        }
    }
}
