package dev.freshet.sidecar.command;

import dev.freshet.change.TableId;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.yaml.Code;
import dev.freshet.write.valkey.Eviction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Judges what a running database and a running cache are like by what the rules ask of them. */
record LiveWarnings(RuleSet rules) {
    /** Of the database's partitioned tables. */
    List<LiveWarning> partitioned(Collection<TableId> partitioned) {
        List<LiveWarning> warnings = new ArrayList<>();
        for (Rule rule : rules.rules()) {
            boolean keepsEntries = !rule.puts().isEmpty()
                    || !rule.invalidations().isEmpty()
                    || !rule.purges().isEmpty();
            if (keepsEntries && !accepts(rule, Code.PARTITION_DROP)) {
                partitioned.stream()
                        .filter(table -> rule.tables().stream().anyMatch(selector -> selector.matches(table)))
                        .sorted()
                        .map(table -> new LiveWarning(
                                "rules." + rule.name(),
                                Code.PARTITION_DROP,
                                "rows of " + table
                                        + " that go with a dropped or detached partition send no change: the table is read"
                                        + " again and swept, which takes a while; delete the rows first to spare it"))
                        .forEach(warnings::add);
            }
        }
        return warnings;
    }

    /** Of what the cache evicts; empty: it does not tell. */
    List<LiveWarning> evicting(Optional<Eviction> told) {
        List<LiveWarning> warnings = new ArrayList<>();
        boolean accepted = rules.rules().stream().allMatch(rule -> accepts(rule, Code.EVICTING_CACHE));
        if (told.isEmpty()) {
            return accepted ? List.of() : List.of(ofCache("it does not tell whether it evicts entries" + best()));
        }
        Eviction eviction = told.get();
        if (eviction.takesFences() && !accepted) {
            warnings.add(ofCache("with maxmemory-policy " + eviction.policy()
                    + " the fences that keep older values out may go before the entries" + best()));
        }
        if (eviction.takesWhatDoesNotExpire()) {
            for (Rule rule : rules.rules()) {
                if (!accepts(rule, Code.EVICTING_CACHE)) {
                    shared(rule)
                            .forEach(
                                    path -> warnings.add(
                                            new LiveWarning(
                                                    path,
                                                    Code.EVICTING_CACHE,
                                                    "with maxmemory-policy " + eviction.policy()
                                                            + " an entry that rows share may go, and come back incomplete; set noeviction")));
                }
            }
            for (Edge edge : rules.edges()) {
                if (edge.outbox() == Edge.Outbox.CACHE) {
                    warnings.add(new LiveWarning(
                            "edges." + edge.name(),
                            Code.EVICTING_CACHE,
                            "with maxmemory-policy " + eviction.policy()
                                    + " purges that the cache keeps may go; set noeviction, or outbox: log"));
                }
            }
        }
        return warnings;
    }

    private static LiveWarning ofCache(String message) {
        return new LiveWarning("cache", Code.EVICTING_CACHE, message);
    }

    private String best() {
        boolean anyShared =
                rules.rules().stream().anyMatch(rule -> !shared(rule).isEmpty());
        return anyShared ? "; set noeviction" : "; set noeviction, allkeys-lru or allkeys-lfu";
    }

    private static List<String> shared(Rule rule) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < rule.puts().size(); i++) {
            if (rule.puts().get(i) instanceof RowPut put && put.form() instanceof RowPut.Shared) {
                paths.add("rules." + rule.name() + ".put[" + i + "]");
            }
        }
        return paths;
    }

    private static boolean accepts(Rule rule, Code code) {
        return rule.accepted().contains(code.text());
    }
}
