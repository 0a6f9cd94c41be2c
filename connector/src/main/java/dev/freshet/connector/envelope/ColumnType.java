package dev.freshet.connector.envelope;

import java.sql.Types;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.postgresql.core.Oid;

/**
 * A column's type, as the name of its Connect schema carries it from {@link ColumnConverter} to {@link ColumnReaders}.
 *
 * @param kind of the column, or of its elements
 * @param shape whether it is an array, and what stands between the elements
 */
record ColumnType(ColumnKind kind, Shape shape) {
    private static final String NAME = "dev.freshet.";

    /** One value, or an array of them. */
    enum Shape {
        SCALAR,
        ARRAY,
        /** Of boxes, the one type that puts semicolons between its elements. */
        BOX_ARRAY
    }

    static ColumnType of(int oid, String name, int jdbcType) {
        if (jdbcType != Types.ARRAY) {
            return new ColumnType(ColumnKind.of(oid, name), Shape.SCALAR);
        }
        return new ColumnType(ColumnKind.ofElements(oid, name), oid == Oid.BOX_ARRAY ? Shape.BOX_ARRAY : Shape.ARRAY);
    }

    /** Optional whatever the column says: a default that Debezium cannot tell is then no error. */
    SchemaBuilder schema() {
        SchemaBuilder builder = shape == Shape.SCALAR ? kind.schema() : SchemaBuilder.string();
        return builder.optional().name(NAME + shape + "." + kind);
    }

    /** Back from {@link #schema()}. */
    static ColumnType of(Schema schema) {
        String name = schema.name();
        if (name == null || !name.startsWith(NAME)) {
            throw new IllegalArgumentException("a column that was not converted by ColumnConverter: " + name);
        }
        String[] parts = name.substring(NAME.length()).split("\\.", 2);
        return new ColumnType(ColumnKind.valueOf(parts[1]), Shape.valueOf(parts[0]));
    }
}
