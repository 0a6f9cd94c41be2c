package dev.freshet.sidecar.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of cells.
 *
 * @param rows the first is the head; each of as many cells
 */
public record Table(List<List<String>> rows) {
    public Table {
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** In columns as wide as they have to be. */
    public List<String> lines() {
        int[] widths = IntStream.range(0, rows.getFirst().size())
                .map(i ->
                        rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
                .toArray();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
