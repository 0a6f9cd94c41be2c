package dev.freshet.sidecar.sample;

import dev.freshet.change.Change;
import dev.freshet.change.TableId;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.Planner;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A stretch of the log under one rule file, or under two. */
public final class Sample {
    private final RuleSample now;
    private final Optional<RuleSample> old;
    private final SortedMap<TableId, Long> tables = new TreeMap<>();
    private long changes;
    private Duration took = Duration.ZERO;

    /** {@code old}: rules to hold the others against. */
    public Sample(RuleSet rules, Optional<RuleSet> old, Catalog catalog) {
        this.now = sample(rules, catalog);
        this.old = old.map(other -> sample(other, catalog));
    }

    private static RuleSample sample(RuleSet rules, Catalog catalog) {
        return new RuleSample(rules, new Planner(rules, catalog, OldKeys.MAY_BE_UNKNOWN));
    }

    public void take(Change change) {
        changes++;
        tables.merge(change.table(), 1L, Long::sum);
        now.take(change);
        old.ifPresent(other -> other.take(change));
    }

    /** How long the stretch has been; to be said before it is told. */
    public void ended(Duration after) {
        took = after;
    }

    RuleSample now() {
        return now;
    }

    Optional<RuleSample> old() {
        return old;
    }

    SortedMap<TableId, Long> tables() {
        return tables;
    }

    long changes() {
        return changes;
    }

    /** A second of it; 0 where it took no time. */
    double perSecond(long count) {
        return took.isZero() ? 0 : count * 1e9 / took.toNanos();
    }

    Duration took() {
        return took;
    }
}
