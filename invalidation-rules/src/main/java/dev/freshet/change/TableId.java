package dev.freshet.change;

/**
 * The full name of a table, in the catalogue's own spelling.
 *
 * @param schema schema in PostgreSQL, database in MySQL; never empty
 * @param name the table's name within it; never empty
 */
public record TableId(String schema, String name) implements Comparable<TableId> {
    public TableId {
        if (schema.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a table has a schema and a name: '" + schema + "." + name + "'");
        }
    }

    @Override
    public int compareTo(TableId other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    /** {@code schema.name}, as rule files write it. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
