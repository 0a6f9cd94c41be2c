package dev.freshet.sidecar.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of a page that code makes: it stands between {@code <!-- begin NAME -->} and {@code <!-- end NAME -->}. With {@code
 * -Dfreshet.golden=rewrite} it is written anew.
 */
record MadePart(Path page, String name) {
    /** What stands there, once it was written anew where that is wanted. */
    String standing(String made) throws IOException {
        String text = Files.readString(page);
        int begin = after(text, "<!-- begin " + name + " -->\n");
        int end = text.indexOf("<!-- end " + name + " -->", begin);
        if ("rewrite".equals(System.getProperty("freshet.golden"))) {
            Files.writeString(page, text.substring(0, begin) + made + text.substring(end));
            return made;
        }
        return text.substring(begin, end);
    }

    private static int after(String text, String mark) {
        int at = text.indexOf(mark);
        if (at < 0) {
            throw new AssertionError("no line " + mark);
        }
        return at + mark.length();
    }

    /** A table of Markdown; the first row is its head. */
    static String table(List<List<String>> rows) {
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            table.append(line(rows.get(i)));
            if (i == 0) {
                table.append(line(rows.getFirst().stream().map(cell -> "---").toList()));
            }
        }
        return table.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.isEmpty() ? " " : " " + cell + " ")
                .collect(Collectors.joining("|", "|", "|\n"));
    }
}
