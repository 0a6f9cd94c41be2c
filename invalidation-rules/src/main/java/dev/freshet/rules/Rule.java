package dev.freshet.rules;

import dev.freshet.rules.expression.Expression;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One rule as the user wrote it, compiled.
 *
 * @param name its name
 * @param tables the tables it follows; at least one
 * @param where which rows belong; empty: all
 * @param columns updates count only if one of these changed; empty: every update counts
 * @param when which changes count for what is not put; empty: all
 * @param puts entries that Freshet keeps
 * @param invalidations entries that an application fills
 * @param purges objects of edges
 * @param onTruncate {@code true}: the rule's own defaults apply when a table is truncated; {@code false}: nothing is done
 */
public record Rule(
        RuleName name,
        List<TableSelector> tables,
        Optional<Expression> where,
        Set<String> columns,
        Optional<Expression> when,
        List<RowPut> puts,
        List<Invalidation> invalidations,
        List<Purge> purges,
        boolean onTruncate) {}
