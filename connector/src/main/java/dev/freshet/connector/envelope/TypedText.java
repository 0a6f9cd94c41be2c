package dev.freshet.connector.envelope;

import java.util.Optional;

/** Values that a person wrote as text, read as a column of a type would hold them. */
public final class TypedText {
    private TypedText() {}

    /**
     * The value.
     *
     * @param type as the catalogue names it, no array
     * @param text as PostgreSQL writes such values; dates and times also as ISO-8601, booleans also as {@code true}
     * @return empty where the text is no such value
     */
    public static Optional<Object> read(String type, String text) {
        ColumnKind kind = kind(type);
        try {
            return switch (kind) {
                case BOOLEAN -> truth(text);
                case ZONED_TIMESTAMP -> value(kind, text.replace(' ', 'T'));
                case BYTES -> text.startsWith("\\x") ? value(kind, text) : Optional.empty();
                case INTEGER,
                        DOUBLE,
                        DECIMAL,
                        MONEY,
                        UUID,
                        JSON,
                        DATE,
                        TIME,
                        ZONED_TIME,
                        TIMESTAMP,
                        INTERVAL,
                        HSTORE,
                        TEXT -> value(kind, text);
            };
        } catch (RuntimeException notOfThisType) {
            return Optional.empty();
        }
    }

    /** Whether values of the type are trees of JSON. */
    public static boolean isJson(String type) {
        return kind(type) == ColumnKind.JSON;
    }

    private static Optional<Object> truth(String text) {
        return switch (text) {
            case "true", "t" -> Optional.of(true);
            case "false", "f" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> value(ColumnKind kind, String text) {
        return Optional.ofNullable(ColumnReaders.text(kind).read(text));
    }

    /** What a column of the type holds; text where the type is not known. */
    public static ColumnKind kind(String type) {
        return switch (type) {
            case "boolean" -> ColumnKind.BOOLEAN;
            case "smallint", "integer", "bigint", "oid" -> ColumnKind.INTEGER;
            case "real", "double precision" -> ColumnKind.DOUBLE;
            case "bytea" -> ColumnKind.BYTES;
            case "numeric" -> ColumnKind.DECIMAL;
            case "money" -> ColumnKind.MONEY;
            case "uuid" -> ColumnKind.UUID;
            case "json", "jsonb" -> ColumnKind.JSON;
            case "date" -> ColumnKind.DATE;
            case "time without time zone" -> ColumnKind.TIME;
            case "time with time zone" -> ColumnKind.ZONED_TIME;
            case "timestamp without time zone" -> ColumnKind.TIMESTAMP;
            case "timestamp with time zone" -> ColumnKind.ZONED_TIMESTAMP;
            case "interval" -> ColumnKind.INTERVAL;
            case "hstore" -> ColumnKind.HSTORE;
            default -> ColumnKind.TEXT;
        };
    }
}
