package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.postgresql.core.Utils;

/**
 * The publication that limits what the server sends: the tables that rules name. What else is in it stays there, since
 * somebody else may read it; what nobody asked for is not taken from the log.
 */
final class Publication {
    /** Servers before 15 know no filters of rows and columns, so neither do their catalogues. */
    private static final String TABLES = """
            select n.nspname, c.relname,
                   to_jsonb(r) ->> 'prqual' is null and to_jsonb(r) ->> 'prattrs' is null as whole
            from pg_publication_rel r join pg_publication p on p.oid = r.prpubid
            join pg_class c on c.oid = r.prrelid join pg_namespace n on n.oid = c.relnamespace
            where p.pubname = ?
            """;

    private static final String EXISTS = """
            select puballtables,
                   pubinsert and pubupdate and pubdelete and pubtruncate and pubviaroot as everything
            from pg_publication where pubname = ?
            """;

    /** Every change of it makes new rows, or new versions of rows, in the catalogues: also one that was taken back. */
    private static final String MARKS = """
            select p.oid || '.' || p.xmin || coalesce((
                       select string_agg(' ' || r.prrelid || ':' || r.oid || '.' || r.xmin, '' order by r.prrelid)
                       from pg_publication_rel r where r.prpubid = p.oid), '')
            from pg_publication p where p.pubname = ?
            """;

    private final String name;
    private final Set<TableId> tables;

    Publication(String name, Set<TableId> tables) {
        this.name = name;
        this.tables = tables;
    }

    /**
     * As it is.
     *
     * @param everything inserts, updates, deletes and truncates, of a partitioned table as the root's
     * @param allTables of every table, also of those that are made later
     * @param whole the tables that it names, without those of which it sends some rows or columns only
     * @param partial those
     */
    private record State(boolean everything, boolean allTables, Set<TableId> whole, Set<TableId> partial) {}

    /**
     * What makes it as it should be.
     *
     * @param statement or several
     * @param present the tables it has already; empty where it is to be made
     */
    record Remedy(String statement, Set<TableId> present) {}

    private Optional<State> state(Connection connection) throws SQLException {
        try (PreparedStatement exists = connection.prepareStatement(EXISTS)) {
            exists.setString(1, name);
            try (ResultSet row = exists.executeQuery()) {
                return row.next()
                        ? Optional.of(new State(
                                row.getBoolean("everything"),
                                row.getBoolean("puballtables"),
                                tables(connection, true),
                                tables(connection, false)))
                        : Optional.empty();
            }
        }
    }

    private Set<TableId> tables(Connection connection, boolean whole) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TABLES)) {
            query.setString(1, name);
            Set<TableId> found = new TreeSet<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    if (row.getBoolean("whole") == whole) {
                        found.add(new TableId(row.getString("nspname"), row.getString("relname")));
                    }
                }
            }
            return found;
        }
    }

    /** A text that is another one once the publication was altered, even if it is again as it was; empty without one. */
    String marks(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(MARKS)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    /** A text that is another one once it was set to send other things; of its tables it says nothing. */
    String mark(Connection connection) throws SQLException {
        String marks = marks(connection);
        int end = marks.indexOf(' ');
        return end < 0 ? marks : marks.substring(0, end);
    }

    /** The tables of which it sends every change. */
    Set<TableId> sent(Connection connection) throws SQLException {
        Optional<State> found = state(connection).filter(State::everything);
        if (found.isEmpty()) {
            return Set.of();
        }
        Set<TableId> sent = new TreeSet<>(tables);
        if (!found.get().allTables()) {
            sent.retainAll(found.get().whole());
        }
        return sent;
    }

    /** Empty where it is as it should be. */
    Optional<Remedy> remedy(Connection connection) throws SQLException {
        Optional<State> found = state(connection);
        if (found.isEmpty()) {
            return Optional.of(new Remedy(
                    "create publication " + quoted(name) + " for table " + list(tables)
                            + " with (publish_via_partition_root = true)",
                    Set.of()));
        }
        State state = found.get();
        Set<TableId> present = new TreeSet<>(state.whole());
        present.addAll(state.partial());
        if (!state.everything()) {
            return Optional.of(new Remedy(
                    "alter publication " + quoted(name)
                            + " set (publish = 'insert, update, delete, truncate', publish_via_partition_root = true)",
                    present));
        }
        if (state.allTables() || state.whole().containsAll(tables)) {
            return Optional.empty();
        }
        Set<TableId> missing = new TreeSet<>(tables);
        missing.removeAll(state.whole());
        Set<TableId> cut = new TreeSet<>(missing);
        cut.retainAll(state.partial());
        String again = cut.isEmpty() ? "" : "alter publication " + quoted(name) + " drop table " + list(cut) + "; ";
        return Optional.of(
                new Remedy(again + "alter publication " + quoted(name) + " add table " + list(missing), present));
    }

    /** Makes it as it should be; repeated, because one statement may reveal the need of the next. */
    void ensure(Connection connection) throws SQLException {
        Optional<Remedy> remedy = remedy(connection);
        for (int step = 0; remedy.isPresent() && step < 3; step++) {
            try (Statement ddl = connection.createStatement()) {
                ddl.execute(remedy.get().statement());
            }
            remedy = remedy(connection);
        }
    }

    private static String list(Collection<TableId> tables) throws SQLException {
        return tables.stream()
                .sorted()
                .map(table -> quoted(table.schema()) + "." + quoted(table.name()))
                .collect(Collectors.joining(", "));
    }

    static String quoted(String identifier) {
        try {
            return Utils.escapeIdentifier(null, identifier).toString();
        } catch (SQLException e) {
            throw new IllegalArgumentException("not an identifier: '" + identifier + "'", e);
        }
    }
}
