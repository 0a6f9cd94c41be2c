package dev.freshet.connector.debezium;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code docs/types.md} promises.
 *
 * @param setup the statements that its table assumes
 * @param rows its table
 */
record TypesPage(List<String> setup, List<Row> rows) {
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final String NO_NAME = "none";

    /**
     * One row of the table.
     *
     * @param type as a column is declared
     * @param literal a value in SQL, without its quotes
     * @param read what a rule makes of it
     */
    record Row(String type, String literal, Read read) {
        String sql() {
            return literal.equals("NULL") ? "null" : "'" + literal.replace("'", "''") + "'";
        }

        @Override
        public String toString() {
            return "`" + type + "` `" + literal + "` " + read;
        }
    }

    /**
     * What a rule makes of a value.
     *
     * @param kind of value in an expression
     * @param json in an entry
     * @param names in keys, one after the other
     */
    record Read(String kind, String json, List<String> names) {
        @Override
        public String toString() {
            return kind + " `" + json + "` " + (names.isEmpty() ? NO_NAME : "`" + String.join("` `", names) + "`");
        }
    }

    static TypesPage read() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "docs", "types.md"));
        return new TypesPage(
                lines.stream().filter(line -> line.startsWith("create ")).toList(),
                lines.stream()
                        .filter(line -> line.startsWith("| `"))
                        .map(TypesPage::row)
                        .toList());
    }

    private static Row row(String line) {
        String[] cells = line.split("\\|", -1);
        return new Row(
                code(cells[1]).getFirst(),
                code(cells[2]).getFirst(),
                new Read(cells[3].strip(), code(cells[4]).getFirst(), code(cells[5])));
    }

    private static List<String> code(String cell) {
        Stream<MatchResult> spans = CODE.matcher(cell).results();
        return spans.map(span -> span.group(1)).toList();
    }
}
