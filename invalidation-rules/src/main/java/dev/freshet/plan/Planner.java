package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Turns changes into operations by the rules. */
public final class Planner {
    private final RuleSet rules;
    private final Catalog catalog;
    private final OldKeys oldKeys;
    private final Map<TableId, List<TableRule>> byTable = new ConcurrentHashMap<>();

    /**
     * A planner.
     *
     * @param rules what the user wants
     * @param catalog what keys look like read backwards; {@link Catalog#NONE} matches any text in a hole
     */
    public Planner(RuleSet rules, Catalog catalog, OldKeys oldKeys) {
        this.rules = rules;
        this.catalog = catalog;
        this.oldKeys = oldKeys;
    }

    /** Everything one change means. */
    public Plan plan(Change change) {
        List<TableRule> known = byTable.get(change.table());
        List<TableRule> ofTable = known == null ? bound(change.table()) : known;
        if (ofTable.isEmpty()) {
            return Plan.NOTHING;
        }
        ChangePlan plan = new ChangePlan(change, oldKeys);
        for (TableRule rule : ofTable) {
            plan.add(rule, catalog);
        }
        return plan.finish();
    }

    private List<TableRule> bound(TableId toBind) {
        return byTable.computeIfAbsent(
                toBind,
                table -> rules.on(table).stream()
                        .map(bound -> TableRule.of(table, bound))
                        .toList());
    }

    /**
     * What has to go before a source begins anew: every entry that an application may have filled, since nobody knows what
     * happened to its rows meanwhile.
     *
     * @param version newer than all that was written before, older than all that will be
     */
    public List<Operation> forgetFills(Version version, Instant at) {
        return sweeps(
                version, at, (rule, ofTable) -> rule.invalidations().stream().map(ofTable::of));
    }

    /**
     * What has to go where no row backs it any more, or where other rules take the place of these: every entry that a put may
     * have made.
     *
     * @param version entries of a newer one stay
     */
    public List<Operation> forgetPuts(Version version, Instant at) {
        return sweeps(version, at, (rule, ofTable) -> rule.puts().stream().flatMap(put -> ofTable.of(put).stream()));
    }

    /**
     * As {@link #forgetPuts(Version, Instant)}, of one table's rules alone.
     *
     * @param version entries of a newer one stay
     */
    public List<Operation> forgetPuts(TableId table, Version version, Instant at) {
        Set<Operation> sweeps = new LinkedHashSet<>();
        for (RuleSet.Bound bound : rules.on(table)) {
            Sweeps ofTable = new Sweeps(bound.rule().name(), version, at, table, catalog.table(table));
            bound.rule().puts().forEach(put -> sweeps.addAll(ofTable.of(put)));
        }
        return List.copyOf(sweeps);
    }

    /**
     * The tables whose rows have to be read where one of them is altered, so that every entry is put again that depends on it, and
     * every one that goes with the sweeps that follow.
     *
     * @param rowsMayBeGone as {@link Change.Altered#rowsMayBeGone}: what the table's rules put is swept as well
     */
    public Reached reach(TableId altered, boolean rowsMayBeGone) {
        return new Reach(rules, catalog.tables().keySet()).of(altered, rowsMayBeGone);
    }

    /** What one rule removes of one table's names. */
    private interface Names {
        Stream<Operation> of(Rule rule, Sweeps ofTable);
    }

    private List<Operation> sweeps(Version version, Instant at, Names names) {
        List<Operation> all = new ArrayList<>();
        for (Rule rule : rules.rules()) {
            Set<TableId> tables = new LinkedHashSet<>(rule.tables().stream()
                    .flatMap(selector -> catalog.tables().keySet().stream().filter(selector::matches))
                    .sorted()
                    .toList());
            rule.tables().stream()
                    .filter(selector -> selector.isExact())
                    .forEach(selector -> tables.add(new TableId(selector.schema(), selector.table())));
            all.addAll(sweeps(rule, List.copyOf(tables), version, at, names));
        }
        return all;
    }

    private List<Operation> sweeps(Rule rule, List<TableId> tables, Version version, Instant at, Names names) {
        Set<Operation> sweeps = new LinkedHashSet<>();
        for (TableId table : tables) {
            Sweeps ofTable = new Sweeps(rule.name(), version, at, table, catalog.table(table));
            names.of(rule, ofTable).forEach(sweeps::add);
        }
        return List.copyOf(sweeps);
    }
}
