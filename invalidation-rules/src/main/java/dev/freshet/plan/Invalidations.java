package dev.freshet.plan;

import dev.freshet.change.Version;
import dev.freshet.rules.Invalidation;
import dev.freshet.rules.RuleName;
import java.time.Instant;

/** Plans invalidations: the names of the old row and those of the new one. */
record Invalidations(RowTexts texts, Rows rows) {
    void plan(Invalidation invalidation, String path) {
        for (String name : texts.oldAndNew(invalidation.name(), path + "." + invalidation.by(), rows)) {
            texts.effects().write(operation(invalidation, name));
        }
    }

    private Operation operation(Invalidation invalidation, String name) {
        RuleName rule = texts.rule().rule().name();
        Version version = texts.change().version();
        Instant at = texts.change().committedAt();
        return switch (invalidation) {
            case Invalidation.ByKey key -> new Operation.Invalidate(rule, version, at, new CacheKey(name));
            case Invalidation.ByTag tag -> new Operation.InvalidateTag(rule, version, at, new CacheTag(name));
            case Invalidation.ByPrefix prefix -> new Operation.InvalidatePrefix(rule, version, at, new KeyPrefix(name));
        };
    }
}
