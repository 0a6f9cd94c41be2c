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
 * @param forEach what the rows are for which the actions are made; empty: the changed row alone
 * @param puts entries that Freshet keeps
 * @param invalidations entries that an application fills
 * @param purges objects of edges
 * @param publications messages to others
 * @param onTruncate what is done when a table is truncated
 * @param limit most names that one change may produce
 * @param accepted codes of the warnings that are meant so
 */
public record Rule(
        RuleName name,
        List<TableSelector> tables,
        Optional<Expression> where,
        Set<String> columns,
        Optional<Expression> when,
        Optional<ForEach> forEach,
        List<Put> puts,
        List<Invalidation> invalidations,
        List<Purge> purges,
        List<Publication> publications,
        OnTruncate onTruncate,
        int limit,
        Set<String> accepted) {
    /** Names that one change may produce where a rule does not say. */
    public static final int DEFAULT_LIMIT = 10_000;

    /** More than this a rule cannot allow itself. */
    public static final int HIGHEST_LIMIT = 100_000;
}
