package dev.freshet.connector.envelope;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.postgresql.core.Oid;

/** What a column holds, as far as reading it goes. */
public enum ColumnKind {
    BOOLEAN(Schema.Type.BOOLEAN),
    INTEGER(Schema.Type.INT64),
    DOUBLE(Schema.Type.FLOAT64),
    BYTES(Schema.Type.BYTES),
    DECIMAL,
    MONEY,
    UUID,
    JSON,
    DATE,
    TIME,
    ZONED_TIME,
    TIMESTAMP,
    ZONED_TIMESTAMP,
    INTERVAL,
    HSTORE,
    /** Text, and every type without a kind of its own, as the database writes it. */
    TEXT;

    private final Schema.Type sentAs;

    ColumnKind() {
        this(Schema.Type.STRING);
    }

    ColumnKind(Schema.Type sentAs) {
        this.sentAs = sentAs;
    }

    SchemaBuilder schema() {
        return SchemaBuilder.type(sentAs);
    }

    /**
     * The kind of a scalar type.
     *
     * @param oid of a built-in type; a domain has that of the type beneath it
     * @param name for types of extensions, whose oids differ from database to database
     */
    static ColumnKind of(int oid, String name) {
        return switch (oid) {
            case Oid.BOOL -> BOOLEAN;
            case Oid.INT2, Oid.INT4, Oid.INT8, Oid.OID -> INTEGER;
            case Oid.FLOAT4, Oid.FLOAT8 -> DOUBLE;
            case Oid.BYTEA -> BYTES;
            case Oid.NUMERIC -> DECIMAL;
            case Oid.MONEY -> MONEY;
            case Oid.UUID -> UUID;
            case Oid.JSON, Oid.JSONB -> JSON;
            case Oid.DATE -> DATE;
            case Oid.TIME -> TIME;
            case Oid.TIMETZ -> ZONED_TIME;
            case Oid.TIMESTAMP -> TIMESTAMP;
            case Oid.TIMESTAMPTZ -> ZONED_TIMESTAMP;
            case Oid.INTERVAL -> INTERVAL;
            default -> name.equals("hstore") ? HSTORE : TEXT;
        };
    }

    /** The kind of an array's elements, which are sent as text; amounts of money look as the server's locale has them. */
    static ColumnKind ofElements(int arrayOid, String arrayName) {
        return switch (arrayOid) {
            case Oid.BOOL_ARRAY -> BOOLEAN;
            case Oid.INT2_ARRAY, Oid.INT4_ARRAY, Oid.INT8_ARRAY, Oid.OID_ARRAY -> INTEGER;
            case Oid.FLOAT4_ARRAY, Oid.FLOAT8_ARRAY -> DOUBLE;
            case Oid.BYTEA_ARRAY -> BYTES;
            case Oid.NUMERIC_ARRAY -> DECIMAL;
            case Oid.UUID_ARRAY -> UUID;
            case Oid.JSON_ARRAY, Oid.JSONB_ARRAY -> JSON;
            case Oid.DATE_ARRAY -> DATE;
            case Oid.TIME_ARRAY -> TIME;
            case Oid.TIMETZ_ARRAY -> ZONED_TIME;
            case Oid.TIMESTAMP_ARRAY -> TIMESTAMP;
            case Oid.TIMESTAMPTZ_ARRAY -> ZONED_TIMESTAMP;
            case Oid.INTERVAL_ARRAY -> INTERVAL;
            default -> arrayName.equals("_hstore") ? HSTORE : TEXT;
        };
    }
}
