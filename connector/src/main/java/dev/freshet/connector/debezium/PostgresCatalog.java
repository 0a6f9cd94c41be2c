package dev.freshet.connector.debezium;

import dev.freshet.change.TableId;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.catalog.Catalog.Column;
import dev.freshet.rules.catalog.Catalog.Kind;
import dev.freshet.rules.catalog.Catalog.OldRow;
import dev.freshet.rules.catalog.Catalog.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the tables of a PostgreSQL database from its system catalogues. */
final class PostgresCatalog {
    /** A partitioned table sends its old rows as its partitions do, so the weakest of them counts. */
    private static final String TABLES = """
            select n.nspname, c.relname,
                   case when c.relkind = 'p'
                        then coalesce((select ('{f,d,n}'::text[])[max(case l.relreplident when 'f' then 1 when 'd' then 2
                                                                         else 3 end)]
                                       from pg_partition_tree(c.oid) t join pg_class l on l.oid = t.relid
                                       where t.isleaf), c.relreplident::text)
                        else c.relreplident::text end as identity
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and not c.relispartition
              and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_toast%'
              and n.nspname not like 'pg\\_temp%'
              and (?::text is null or n.nspname = ? and c.relname = ?)
            """;

    /** A table has room for values out of line only where its rows may grow too long for a page. */
    private static final String COLUMNS = """
            select n.nspname, c.relname, a.attname, format_type(a.atttypid, null) as type,
                   a.attstorage <> 'p' and exists (
                       select 1 from pg_partition_tree(c.oid) t join pg_class l on l.oid = t.relid
                       where l.reltoastrelid <> 0
                       union all select 1 where c.reltoastrelid <> 0) as toastable
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
              and a.attgenerated = ''
              and n.nspname not in ('pg_catalog', 'information_schema')
              and (?::text is null or n.nspname = ? and c.relname = ?)
            order by a.attrelid, a.attnum
            """;

    /** Where nobody has counted the rows, they are taken for as short as they are where long values stand elsewhere. */
    private static final String ROW_BYTES = """
            select coalesce(max(bytes / greatest(rows, 1)), 0)::bigint from (
                select sum(pg_table_size(l.oid)) as bytes,
                       sum(case when l.reltuples > 0 then l.reltuples else pg_relation_size(l.oid) / 60 end) as rows
                from unnest(?::text[], ?::text[]) t(schema, name)
                join pg_namespace n on n.nspname = t.schema
                join pg_class c on c.relnamespace = n.oid and c.relname = t.name
                join lateral (select relid from pg_partition_tree(c.oid) where isleaf
                              union select c.oid::regclass where c.relkind = 'r') p on true
                join pg_class l on l.oid = p.relid
                group by c.oid) each
            """;

    /** A row with a NULL in its key has no name by it, so such keys count; partial ones and those over expressions do not. */
    private static final String KEYS = """
            select n.nspname, c.relname, i.indexrelid, i.indisprimary, i.indisreplident,
                   array(select a.attname::text from unnest(i.indkey[0:i.indnkeyatts - 1]) with ordinality k(attnum, place)
                         join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum order by k.place) as columns,
                   not exists (select 1 from unnest(i.indkey[0:i.indnkeyatts - 1]) k(attnum)
                               join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
                               where not a.attnotnull) as ordering
            from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
            where i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
              and c.relkind in ('r', 'p') and not c.relispartition
              and not exists (select 1 from pg_attribute g
                              where g.attrelid = c.oid and g.attnum = any (i.indkey) and g.attgenerated <> '')
              and n.nspname not in ('pg_catalog', 'information_schema')
              and (?::text is null or n.nspname = ? and c.relname = ?)
            order by i.indisprimary desc, i.indexrelid
            """;

    private static final String GENERATED = """
            select n.nspname, c.relname, a.attname
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where a.attgenerated <> '' and not a.attisdropped
            """;

    private static final String PARTITIONED = """
            select n.nspname, c.relname
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'p' and not c.relispartition
            """;

    private PostgresCatalog() {}

    /** As {@link PostgresDatabase#rowBytes}. */
    static long rowBytes(Connection connection, Set<TableId> tables) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(ROW_BYTES)) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "text", tables.stream().map(TableId::schema).toArray()));
            query.setArray(
                    2,
                    connection.createArrayOf(
                            "text", tables.stream().map(TableId::name).toArray()));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** The roots of partitioned tables. */
    static Set<TableId> partitioned(Connection connection) throws SQLException {
        Set<TableId> tables = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(PARTITIONED);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                tables.add(tableOf(row));
            }
        }
        return tables;
    }

    /** What the server computes from other columns. The log does not bring it, so it is no column here. */
    static Map<TableId, List<String>> generatedColumns(Connection connection) throws SQLException {
        Map<TableId, List<String>> generated = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(GENERATED);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                generated
                        .computeIfAbsent(tableOf(row), table -> new ArrayList<>())
                        .add(row.getString("attname"));
            }
        }
        return generated;
    }

    static Catalog read(Connection connection) throws SQLException {
        return read(connection, Optional.empty());
    }

    /** Empty where there is no such table. */
    static Optional<Table> read(Connection connection, TableId table) throws SQLException {
        return read(connection, Optional.of(table)).table(table);
    }

    private static Catalog read(Connection connection, Optional<TableId> only) throws SQLException {
        Map<TableId, String> identities = new LinkedHashMap<>();
        Map<TableId, List<Column>> columns = new HashMap<>();
        Map<TableId, List<Key>> keys = new HashMap<>();
        each(connection, TABLES, only, row -> identities.put(tableOf(row), row.getString("identity")));
        each(connection, COLUMNS, only, row -> {
            String type = row.getString("type");
            columns.computeIfAbsent(tableOf(row), table -> new ArrayList<>())
                    .add(new Column(row.getString("attname"), type, kind(type), row.getBoolean("toastable")));
        });
        each(
                connection,
                KEYS,
                only,
                row -> keys.computeIfAbsent(tableOf(row), table -> new ArrayList<>())
                        .add(Key.of(row)));
        Map<TableId, Table> tables = new HashMap<>();
        identities.forEach((id, identity) -> {
            List<Key> ofTable = keys.getOrDefault(id, List.of());
            tables.put(
                    id,
                    new Table(
                            id,
                            columns.getOrDefault(id, List.of()),
                            ofTable.stream().map(Key::columns).toList(),
                            oldRow(identity, ofTable),
                            ofTable.stream()
                                    .filter(Key::isOrdering)
                                    .findFirst()
                                    .map(Key::columns)
                                    .orElse(List.of())));
        });
        return new Catalog(tables);
    }

    private interface EachRow {
        void take(ResultSet row) throws SQLException;
    }

    private static void each(Connection connection, String sql, Optional<TableId> only, EachRow taker)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, only.map(TableId::schema).orElse(null));
            query.setString(2, only.map(TableId::schema).orElse(null));
            query.setString(3, only.map(TableId::name).orElse(null));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    taker.take(row);
                }
            }
        }
    }

    private record Key(List<String> columns, boolean primary, boolean identity, boolean isOrdering) {
        static Key of(ResultSet row) throws SQLException {
            String[] names = (String[]) row.getArray("columns").getArray();
            return new Key(
                    List.of(names),
                    row.getBoolean("indisprimary"),
                    row.getBoolean("indisreplident"),
                    row.getBoolean("ordering"));
        }
    }

    private static OldRow oldRow(String identity, List<Key> keys) {
        Stream<Key> sent = switch (identity) {
            case "d" -> keys.stream().filter(Key::primary);
            case "i" -> keys.stream().filter(Key::identity);
            default -> Stream.of();
        };
        return identity.equals("f")
                ? new OldRow.Everything()
                : new OldRow.Only(sent.findFirst().map(Key::columns).orElse(List.of()));
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "smallint", "integer", "bigint", "oid" -> Kind.INTEGER;
            case "numeric" -> Kind.DECIMAL;
            case "boolean" -> Kind.BOOLEAN;
            case "uuid" -> Kind.UUID;
            case "text", "character varying", "character", "citext", "name" -> Kind.TEXT;
            default -> Kind.OTHER;
        };
    }

    private static TableId tableOf(ResultSet row) throws SQLException {
        return new TableId(row.getString("nspname"), row.getString("relname"));
    }
}
