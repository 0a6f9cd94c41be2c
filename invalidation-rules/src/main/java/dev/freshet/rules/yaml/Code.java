package dev.freshet.rules.yaml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of problems a file can have. Their {@link #text()} is stable: scripts and {@code allow} rely on it. */
public enum Code {
    /** A file that cannot be read. */
    UNREADABLE_FILE(Severity.ERROR),
    /** A file that is too large, too deep, or grows too large through its aliases. */
    TOO_LARGE(Severity.ERROR),
    /** Not YAML. */
    SYNTAX(Severity.ERROR),
    /** YAML, but not what was meant: quotes are missing. */
    NEEDS_QUOTES(Severity.ERROR),
    /** A YAML tag. */
    CUSTOM_TAG(Severity.ERROR),
    /** A YAML alias without its anchor, or inside it. */
    BAD_ALIAS(Severity.ERROR),
    /** {@code <<}. */
    MERGE_KEY(Severity.ERROR),
    /** A key that stands twice in one map. */
    DUPLICATE_KEY(Severity.ERROR),
    /** A key that means nothing where it stands. */
    UNKNOWN_KEY(Severity.ERROR),
    /** A key that must stand and does not. */
    MISSING_KEY(Severity.ERROR),
    /** A map, list or scalar in the place of another of them. */
    WRONG_KIND(Severity.ERROR),
    /** A scalar outside what is allowed. */
    BAD_VALUE(Severity.ERROR),
    /** Part of the language, but not of this version. */
    NOT_SUPPORTED(Severity.ERROR),
    /** Two keys of which only one may stand, or one that needs the other. */
    CONFLICTING_KEYS(Severity.ERROR),
    /** A variable without value and default. */
    MISSING_VARIABLE(Severity.ERROR),
    /** A password where everybody reads it. */
    PASSWORD_IN_URL(Severity.ERROR),
    /** An include that names no file, or a file that holds what an included one must not. */
    BAD_INCLUDE(Severity.ERROR),
    /** Two rules of one name. */
    DUPLICATE_RULE(Severity.ERROR),
    /** A rule that does nothing, or a file without rules. */
    NOTHING_TO_DO(Severity.ERROR),
    /** An expression or a template that cannot be compiled. */
    BAD_EXPRESSION(Severity.ERROR),
    /** Values that never go together, whatever the row. */
    WRONG_TYPE(Severity.ERROR),
    /** A table that the database does not have. */
    UNKNOWN_TABLE(Severity.ERROR),
    /** A column that the table does not have. */
    UNKNOWN_COLUMN(Severity.ERROR),
    /** A shared entry that could vanish in part. */
    SHARED_ENTRY_EXPIRES(Severity.ERROR),
    /** Two keepers of one key. */
    TWO_KEEPERS(Severity.ERROR),
    /** A key that two rows of a table can share. */
    SHARED_KEY(Severity.ERROR),
    /** A key that begins like those that Freshet keeps for itself. */
    RESERVED_KEY(Severity.ERROR),
    /** A key, tag or prefix that cannot be told from others when its table is truncated. */
    UNMATCHABLE_KEY(Severity.ERROR),
    /** A query or a tag that asks for more than its key says. */
    BESIDE_THE_KEY(Severity.ERROR),
    /** A parameter of a query between quotes, where it is text. */
    QUOTED_PARAMETER(Severity.ERROR),
    /** A column, where there is no row. */
    NO_ROW(Severity.ERROR),
    /** An edge that is not defined, or a purge without any. */
    UNKNOWN_EDGE(Severity.ERROR),
    /** An edge that cannot purge so. */
    EDGE_CANNOT(Severity.ERROR),
    /** A message to a topic, where nothing says which broker has it. */
    UNKNOWN_BROKER(Severity.ERROR),
    /** A prefix, for which the cache looks at every key; an error until {@code allow} accepts it. */
    SCAN(Severity.ERROR),

    /** {@code value: all}: a column added tomorrow is cached tomorrow. */
    ALL_COLUMNS(Severity.WARNING),
    /** A key without any expression: every row has the same entry. */
    CONSTANT_KEY(Severity.WARNING),
    /** A column that looks like a secret, where everybody who reads the cache or hears the message reads it. */
    SECRET_COLUMN(Severity.WARNING),
    /** A key in which two texts can be told apart in more than one way. */
    COLLIDING_KEY(Severity.WARNING),
    /** A tag with a text, at an edge that takes capital and small letters for the same. */
    FOLDED_TAG(Severity.WARNING),
    /** A tag for each element of a list, at an edge that takes few tags of one object. */
    MANY_TAGS(Severity.WARNING),
    /** A put that says nothing of its expiry. */
    NO_TTL(Severity.WARNING),
    /** A query that reads a whole large table each time. */
    UNINDEXED_QUERY(Severity.WARNING),
    /** A query after {@code for_each} that finds very many rows. */
    FAN_OUT(Severity.WARNING),
    /** A table that a query reads and no rule follows: its changes reach no entry by themselves. */
    UNFOLLOWED_TABLE(Severity.WARNING),
    /** A partitioned table: what goes with a partition sends no change. */
    PARTITION_DROP(Severity.WARNING),
    /** A cache that gives up what must stay. */
    EVICTING_CACHE(Severity.WARNING),
    /** A pattern that no table matches. */
    UNMATCHED_TABLE(Severity.WARNING),
    /** Something that is defined and never used. */
    UNUSED(Severity.WARNING);

    /** Whether a file can be used all the same. */
    public enum Severity {
        ERROR,
        WARNING
    }

    private final Severity severity;

    Code(Severity severity) {
        this.severity = severity;
    }

    public Severity severity() {
        return severity;
    }

    /** As users see and write it: {@code no-ttl}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether {@code allow} may name it. */
    public boolean isAcceptable() {
        return severity == Severity.WARNING || this == SCAN;
    }

    static List<Code> acceptable() {
        return Arrays.stream(values()).filter(Code::isAcceptable).toList();
    }
}
