package dev.freshet.connector.envelope;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the text of a PostgreSQL array apart: {@code {{a,NULL},{"b c",d}}}. */
final class ArrayText {
    private final String text;
    private final char delimiter;
    private final ColumnReader element;
    private int at;

    private ArrayText(String text, char delimiter, ColumnReader element) {
        this.text = text;
        this.delimiter = delimiter;
        this.element = element;
        // Bounds other than from one stand before the elements: [0:1]={a,b}.
        this.at = text.startsWith("[") ? text.indexOf('=') + 1 : 0;
    }

    static List<@Nullable Object> read(String text, char delimiter, ColumnReader element) {
        return new ArrayText(text, delimiter, element).all();
    }

    private List<@Nullable Object> all() {
        Deque<List<@Nullable Object>> open = new ArrayDeque<>();
        List<@Nullable Object> list = open();
        while (true) {
            char next = text.charAt(at);
            if (next == '{') {
                List<@Nullable Object> inner = open();
                list.add(inner);
                open.push(list);
                list = inner;
            } else if (next == '}') {
                at++;
                if (open.isEmpty()) {
                    return list;
                }
                list = open.pop();
            } else if (next == delimiter) {
                at++;
            } else {
                list.add(next == '"' ? element.read(quoted()) : plain());
            }
        }
    }

    private List<@Nullable Object> open() {
        if (text.charAt(at) != '{') {
            throw new UnreadableException("it is an array that begins otherwise");
        }
        at++;
        return new ArrayList<>();
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            value.append(text.charAt(at++));
        }
        at++;
        return value.toString();
    }

    private @Nullable Object plain() {
        int from = at;
        while (text.charAt(at) != delimiter && text.charAt(at) != '}') {
            at++;
        }
        String value = text.substring(from, at);
        return value.equals("NULL") ? null : element.read(value);
    }
}
