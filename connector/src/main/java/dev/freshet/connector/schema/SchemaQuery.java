package dev.freshet.connector.schema;

import dev.freshet.change.TableId;
import dev.freshet.rules.Fingerprint;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the schemas of tables from the catalogue. Lines keep the number of the transaction that wrote them: their mark. */
public final class SchemaQuery {
    private static final String FROM = """
            from unnest(?::text[], ?::text[]) with ordinality t(schema, name, place)
            join pg_namespace n on n.nspname = t.schema
            join pg_class c on c.relnamespace = n.oid and c.relname = t.name
            """;

    private static final String TABLES = """
            select t.place, c.relpersistence::text as persistence,
                   coalesce((select r.oid || '.' || r.xmin from pg_publication_rel r
                             join pg_publication p on p.oid = r.prpubid
                             where p.pubname = ? and r.prrelid = c.oid), '') as publication,
                   coalesce((select string_agg(f.oid || '.' || f.relfilenode, ' ' order by f.oid)
                             from pg_partition_tree(c.oid) l join pg_class f on f.oid = l.relid where l.isleaf),
                            c.relfilenode::text) as files
            """ + FROM;

    private static final String COLUMNS = """
            select t.place, a.attnum, a.attname, format_type(a.atttypid, null) as type, a.attgenerated::text as generated,
                   a.xmin::text as mark,
                   array(select e.oid || ':' || e.enumlabel from pg_enum e
                         where e.enumtypid in (a.atttypid, (select y.typelem from pg_type y where y.oid = a.atttypid))
                         order by e.oid) as labels
            """ + FROM + """
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            order by t.place, a.attnum
            """;

    private static final String PARTITIONS = """
            select t.place, i.inhrelid || '.' || i.inhparent || '.' || i.xmin as mark, p.isleaf,
                   coalesce(pg_get_partition_constraintdef(i.inhrelid), 'true') as bounds
            """ + FROM + """
            cross join pg_partition_tree(c.oid) p
            join pg_inherits i on i.inhrelid = p.relid and i.inhparent = p.parentrelid
            where c.relkind = 'p'
            order by t.place, i.inhrelid
            """;

    private final String publication;
    private final List<TableId> tables;

    public SchemaQuery(String publication, Collection<TableId> tables) {
        this.publication = publication;
        this.tables = tables.stream().sorted().toList();
    }

    /**
     * Those that are there. It is a transaction of its own, which shows one moment.
     *
     * @param identity as {@link Schema#identity}
     */
    public Map<TableId, Seen> read(Connection connection, Function<TableId, String> identity) throws SQLException {
        Map<TableId, List<Schema.Column>> columns = new HashMap<>();
        Map<TableId, Map<String, String>> partitions = new HashMap<>();
        Map<TableId, Map<String, String>> bounds = new HashMap<>();
        Map<TableId, Seen> seen = new LinkedHashMap<>();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            each(
                    connection,
                    COLUMNS,
                    1,
                    (table, row) -> columns.computeIfAbsent(table, any -> new ArrayList<>())
                            .add(column(row)));
            each(connection, PARTITIONS, 1, (table, row) -> {
                partitions.computeIfAbsent(table, any -> new LinkedHashMap<>()).put(row.getString("mark"), "");
                if (row.getBoolean("isleaf")) {
                    bounds.computeIfAbsent(table, any -> new HashMap<>())
                            .put(row.getString("mark"), row.getString("bounds"));
                }
            });
            each(connection, TABLES, 2, (table, row) -> {
                Schema schema = new Schema(
                        identity.apply(table),
                        row.getString("publication"),
                        row.getString("persistence"),
                        Fingerprint.of(List.of(row.getString("files"))).text(),
                        columns.getOrDefault(table, List.of()),
                        List.copyOf(partitions.getOrDefault(table, Map.of()).keySet()));
                seen.put(table, new Seen(schema, bounds.getOrDefault(table, Map.of())));
            });
        } finally {
            connection.rollback();
        }
        return seen;
    }

    private static Schema.Column column(ResultSet row) throws SQLException {
        return new Schema.Column(
                row.getInt("attnum"),
                row.getString("attname"),
                row.getString("type"),
                row.getString("generated"),
                row.getString("mark"),
                List.of((String[]) row.getArray("labels").getArray()));
    }

    private interface EachRow {
        void take(TableId table, ResultSet row) throws SQLException;
    }

    /** The publication's name comes before the arrays where the statement asks for it. */
    private void each(Connection connection, String sql, int arrays, EachRow taker) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            if (arrays > 1) {
                query.setString(1, publication);
            }
            query.setArray(arrays, texts(connection, TableId::schema));
            query.setArray(arrays + 1, texts(connection, TableId::name));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    taker.take(tables.get(row.getInt("place") - 1), row);
                }
            }
        }
    }

    private Array texts(Connection connection, Function<TableId, String> part) throws SQLException {
        return connection.createArrayOf("text", tables.stream().map(part).toArray());
    }
}
