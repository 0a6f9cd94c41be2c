package dev.freshet.deadletter;

import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.rules.RuleName;
import java.time.Instant;

/**
 * One rule that could not be applied to one row. It holds names and places, never the row's values: it is replayed by
 * reading the row as it is then.
 *
 * @param rule the rule
 * @param table the row's table
 * @param row the row's key as text, or empty for a whole table
 * @param version the change's
 * @param committedAt when the change was committed
 * @param reason what went wrong
 */
public record DeadLetter(
        RuleName rule, TableId table, String row, Version version, Instant committedAt, String reason) {}
