package dev.freshet.connector.query;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/** What an error of the database means for whoever asked. */
final class Failure {
    /**
     * Classes of SQLSTATE that pass by themselves: connection, resources, an operator's doing, the system, a conflict with
     * another transaction or with recovery.
     */
    private static final Set<String> PASSING = Set.of("08", "53", "57", "58", "40");

    /** A lock that somebody else holds, and a right that was taken away for a while, as a migration does. */
    private static final Set<String> WAITED_OUT = Set.of("55P03", "42501");

    private static final String CANCELLED = "57014";

    /** Such as {@code temp_file_limit}: the same again hits it again. */
    private static final String LIMIT_OF_THE_SETTINGS = "53400";

    private Failure() {}

    /**
     * Whether asking the same again later may do. A cancelled statement was either too slow or an operator's doing: only the
     * time that it {@code took} tells.
     */
    static boolean isPassing(SQLException e, Duration took, Duration timeout) {
        String state = state(e);
        if (state.equals(CANCELLED)) {
            return took.compareTo(timeout) < 0;
        }
        return state.isEmpty() || WAITED_OUT.contains(state) || isOfPassingClass(state);
    }

    private static boolean isOfPassingClass(String state) {
        return PASSING.contains(state.substring(0, 2)) && !state.equals(LIMIT_OF_THE_SETTINGS);
    }

    /** Whether the server refuses to plan the query, missing rights included. */
    static boolean isOfTheQuery(SQLException e) {
        String state = state(e);
        return !state.isEmpty() && !isOfPassingClass(state) && !state.equals(CANCELLED);
    }

    static boolean isUnsupported(SQLException e) {
        return state(e).equals("0A000");
    }

    /** Why the query cannot be asked with some values, without any of them: the server's own words may show them. */
    static String reason(SQLException e) {
        return state(e).equals(CANCELLED)
                ? "the query took longer than its timeout"
                : "the query fails with these values (SQLSTATE " + state(e) + ")";
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
