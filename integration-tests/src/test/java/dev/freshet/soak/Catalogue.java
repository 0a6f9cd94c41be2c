package dev.freshet.soak;

import dev.freshet.servers.DatabaseServer;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The tables of the soak, the rules over them, and what the rules make of the tables, computed without Freshet.
 *
 * <p>Every row has a {@code rev} from one sequence, taken while the row is locked: of two states of an entry the later one has
 * the greater rev, and no entry comes back with a rev that it showed before.
 *
 * <ul>
 *   <li>{@code item:<id>} (JSON) and {@code slug:<slug>} (string), while the item is live; {@code facts:<id>} (hash)
 *   <li>{@code latest:<item>} (string, by a query), {@code noted:<item>} (set): of the notes of an item
 *   <li>{@code events:<kind>} (stream): one message an event, whose rows come many at once
 *   <li>{@code beat:1} (string): a row that changes all the time
 * </ul>
 */
final class Catalogue {
    static final String RULES = """
            rules:
              item:
                table: public.item
                where: live
                put:
                  - {key: "item:{id}", as: json, value: [id, rev, slug, body], ttl: none}
                  - {key: "slug:{slug}", as: string, value: "{rev}/{id}", ttl: none}
              facts:
                table: public.item
                put: [{key: "facts:{id}", as: hash, value: [rev, kind], ttl: none}]
              note:
                table: public.note
                put:
                  - key: latest:{item}
                    as: string
                    query: select max(rev) from note where item = {item} having count(*) > 0
                    ttl: none
                  - {key: "noted:{item}", as: set, member: "{id}", ttl: none}
              event:
                table: public.event
                when: change.op == "insert"
                publish: [{stream: "events:{kind}", value: {id: id}}]
              beat:
                table: public.beat
                put: [{key: "beat:{id}", as: string, value: "{rev}", ttl: none}]
            """;

    static final List<String> PREFIXES = List.of("item:", "slug:", "facts:", "latest:", "noted:", "events:", "beat:");

    private static final Map<String, String> COLUMNS = new TreeMap<>(Map.of(
            "item", "id, rev, slug, kind, live, body",
            "note", "id, item, rev",
            "event", "id, kind, rev",
            "beat", "id, rev"));

    private Catalogue() {}

    static void create(DatabaseServer database) throws SQLException {
        database.execute(
                "create sequence rev",
                "create table item (id int primary key, rev bigint not null, slug text, kind int not null,"
                        + " live boolean not null, body text not null,"
                        + " constraint one_slug unique (slug) deferrable initially deferred)",
                "alter table item replica identity full",
                "alter table item alter body set storage external",
                "create table note (id bigint primary key, item int not null, rev bigint not null)",
                "create index on note (item)",
                "alter table note replica identity full",
                "create table event (id bigint primary key, kind int not null, rev bigint not null)",
                "create index on event (kind)",
                "alter table event replica identity full",
                "create table beat (id int primary key, rev bigint not null)");
    }

    /** The same rows on another server, as they are now in the first. Revs go on where the first one stands. */
    static void copy(DatabaseServer from, DatabaseServer to) throws SQLException, IOException {
        create(to);
        try (Connection source = from.connect();
                Connection target = to.connect();
                Statement asked = source.createStatement();
                Statement told = target.createStatement()) {
            for (Map.Entry<String, String> table : COLUMNS.entrySet()) {
                CopyManager out = source.unwrap(PGConnection.class).getCopyAPI();
                CopyManager in = target.unwrap(PGConnection.class).getCopyAPI();
                StringWriter rows = new StringWriter();
                String columns = table.getKey() + " (" + table.getValue() + ")";
                out.copyOut("copy " + columns + " to stdout", rows);
                in.copyIn("copy " + columns + " from stdin", new StringReader(rows.toString()));
            }
            try (ResultSet rev = asked.executeQuery("select last_value + 1000 from rev")) {
                rev.next();
                told.execute("select setval('rev', " + rev.getLong(1) + ")");
            }
        }
    }

    /**
     * What the cache must hold; of a stream, how many messages.
     *
     * @param firstKind of events that must all be told; of those before, some may have been lost
     */
    static Map<String, String> expected(DatabaseServer database, int firstKind) throws SQLException {
        Map<String, String> all = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("select id, rev, slug, kind, live, body from item")) {
                while (row.next()) {
                    item(row, all);
                }
            }
            rows(
                    statement,
                    "select 'latest:' || item, max(rev)::text from note group by item"
                            + " union all select 'noted:' || item, string_agg(id::text, ' ' order by id::text collate \"C\")"
                            + " from note group by item"
                            + " union all select 'beat:' || id, rev::text from beat"
                            + " union all select 'events:' || kind, count(*)::text from event where kind >= "
                            + firstKind
                            + " group by kind",
                    all);
        }
        return all;
    }

    private static void item(ResultSet row, Map<String, String> all) throws SQLException {
        int id = row.getInt("id");
        long rev = row.getLong("rev");
        String slug = row.getString("slug");
        if (row.getBoolean("live")) {
            all.put(
                    "item:" + id,
                    "{\"id\":%d,\"rev\":%d,\"slug\":%s,\"body\":\"%s\"}"
                            .formatted(id, rev, slug == null ? "null" : "\"" + slug + "\"", row.getString("body")));
            if (slug != null) {
                all.put("slug:" + slug, rev + "/" + id);
            }
        }
        all.put("facts:" + id, "{kind=" + row.getInt("kind") + ", rev=" + rev + "}");
    }

    private static void rows(Statement statement, String sql, Map<String, String> all) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                all.put(row.getString(1), row.getString(2));
            }
        }
    }
}
