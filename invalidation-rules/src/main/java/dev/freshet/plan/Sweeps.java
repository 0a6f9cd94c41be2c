package dev.freshet.plan;

import dev.freshet.change.Change;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.rules.Invalidation;
import dev.freshet.rules.Put;
import dev.freshet.rules.QueryPut;
import dev.freshet.rules.RowPut;
import dev.freshet.rules.Rule;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.expression.KeyPattern;
import dev.freshet.rules.expression.Template;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What has to go when every row of one table is gone, or when it is not known which row names what: names read backwards. */
record Sweeps(RuleName rule, Version version, Instant at, TableId table, Optional<Catalog.Table> known) {
    static Sweeps after(Change change, Rule rule, Catalog catalog) {
        return new Sweeps(
                rule.name(), change.version(), change.committedAt(), change.table(), catalog.table(change.table()));
    }

    List<Operation> of(Put put) {
        return switch (put) {
            case QueryPut queried -> whole(queried);
            case RowPut row ->
                switch (row.form()) {
                    case RowPut.Shared shared ->
                        List.of(new Operation.SweepParts(
                                rule, version, at, put.key().pattern(known), parts(shared), table));
                    case RowPut.Whole whole -> whole(row);
                };
        };
    }

    private List<Operation> whole(Put put) {
        KeyPattern keys = put.key().pattern(known);
        if (put.key().beginsWithText() || put.tags().isEmpty()) {
            return List.of(new Operation.Sweep(rule, version, at, keys, table));
        }
        return put.tags().stream()
                .<Operation>map(tag -> new Operation.SweepTagged(rule, version, at, tag.pattern(known), keys, table))
                .toList();
    }

    Operation of(Invalidation invalidation) {
        KeyPattern names = invalidation.name().pattern(known);
        return switch (invalidation) {
            case Invalidation.ByKey key -> new Operation.Sweep(rule, version, at, names, table);
            case Invalidation.ByTag tag -> new Operation.InvalidateTags(rule, version, at, names);
            case Invalidation.ByPrefix prefix -> new Operation.Sweep(rule, version, at, names.andLonger(), table);
        };
    }

    private PartPattern parts(RowPut.Shared form) {
        return switch (form) {
            case RowPut.AsMergedHash merged -> new PartPattern.Fields(merged.fields());
            case RowPut.AsHashField(Template member, var value) -> new PartPattern.Field(member.pattern(known));
            case RowPut.AsSetMember(Template member) -> new PartPattern.SetMember(member.pattern(known));
            case RowPut.AsSortedSetMember(Template member, var score) ->
                new PartPattern.SortedSetMember(member.pattern(known));
        };
    }
}
