package dev.freshet.connector.backfill;

import java.sql.SQLException;

/** What becomes of a chunk that could not be read. */
enum Setback {
    /** It is read again from fewer keys. */
    TAKE_LESS,
    /** It is read again later, over another connection. */
    TRY_LATER,
    /** Nobody waits for its rows, and they would never come. */
    GIVE_UP;

    private static final String TIMED_OUT = "57014";

    /** {@code tookLess} where few keys were read already. */
    static Setback of(SQLException e, boolean tookLess, boolean isNeeded) {
        boolean timedOut = TIMED_OUT.equals(e.getSQLState());
        if (timedOut && !tookLess) {
            return TAKE_LESS;
        }
        return !isNeeded && (timedOut || isOfTheQuery(e)) ? GIVE_UP : TRY_LATER;
    }

    /**
     * Syntax, a missing column, a value that a type does not take. A right or a table that is missing may come back: migrations take
     * them away for a while.
     */
    private static boolean isOfTheQuery(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.equals("42501") || state.equals("42P01")) {
            return false;
        }
        return state.startsWith("42") || state.startsWith("22") || state.startsWith("25");
    }
}
