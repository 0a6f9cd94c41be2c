package dev.freshet.connector.query;

import java.sql.SQLException;
import java.util.Set;

/** What an error of the database means for whoever asked. */
final class Failure {
    /**
     * Classes of SQLSTATE that pass by themselves: connection, resources, an operator's doing, the system, a conflict with
     * another transaction or with recovery.
     */
    private static final Set<String> PASSING = Set.of("08", "53", "57", "58", "40");

    private static final String TIMEOUT = "57014";
    private static final String LOCKED = "55P03";

    private Failure() {}

    /** Whether asking the same again later may do. */
    static boolean isPassing(SQLException e) {
        String state = state(e);
        return state.isEmpty()
                || state.equals(LOCKED)
                || (!state.equals(TIMEOUT) && PASSING.contains(state.substring(0, 2)));
    }

    /** Only what is wrong with the query itself is told in the server's words: others may show values. */
    static String reason(SQLException e) {
        String state = state(e);
        if (state.equals(TIMEOUT)) {
            return "the query took longer than its timeout";
        }
        return state.isEmpty() || state.startsWith("42") || isPassing(e)
                ? message(e)
                : "the query fails with these values (SQLSTATE " + state + ")";
    }

    /** The server's own words; where values were bound they may be in it. The pool hides them behind its own. */
    static String message(SQLException e) {
        if (e.getCause() instanceof SQLException behind) {
            return message(behind);
        }
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
