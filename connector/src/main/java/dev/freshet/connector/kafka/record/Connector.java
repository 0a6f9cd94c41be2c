package dev.freshet.connector.kafka.record;

import java.util.List;
import java.util.Map;

/** Debezium's connectors whose positions can be compared. */
enum Connector {
    POSTGRESQL("schema", "source.sequence,source.txId"),
    /** MySQL and MariaDB. */
    BINLOG("db", "source.file,source.pos,source.row");

    private static final Map<String, Connector> BY_NAME =
            Map.of("postgresql", POSTGRESQL, "mysql", BINLOG, "mariadb", BINLOG);

    private final String schema;
    private final String added;

    Connector(String schema, String added) {
        this.schema = schema;
        this.added = added;
    }

    /** As the source block names it. */
    static Connector of(String name) throws UnreadableRecordException {
        Connector connector = BY_NAME.get(name);
        if (connector == null) {
            throw new UnreadableRecordException("it comes from the connector '" + name
                    + "', whose positions are not comparable; supported: postgresql, mysql, mariadb");
        }
        return connector;
    }

    /** Where the source block has what stands before a table's name. */
    String schema() {
        return schema;
    }

    /** What of the source block tells the position. */
    List<String> position() {
        return switch (this) {
            case POSTGRESQL -> List.of("sequence");
            case BINLOG -> List.of("file", "pos", "row");
        };
    }

    /** What a flattened record must say beside its row, as an option of {@code ExtractNewRecordState}. */
    String addFields() {
        return "add.fields=op,source.connector,source." + schema + ",source.table," + added
                + ",source.snapshot,source.ts_us";
    }
}
