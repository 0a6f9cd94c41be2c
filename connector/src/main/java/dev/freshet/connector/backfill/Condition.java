package dev.freshet.connector.backfill;

/**
 * Which rows of a table.
 *
 * @param sql empty for all
 * @param seal that of whoever asked for them; empty where nobody has put one on it
 */
public record Condition(String sql, String seal) {
    public static final Condition ALL_ROWS = new Condition("", "");

    /** Without a seal. */
    public Condition(String sql) {
        this(sql, "");
    }

    boolean isEmpty() {
        return sql.isEmpty();
    }
}
