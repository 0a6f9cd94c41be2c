package dev.freshet.rules.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the unquoted text inside {@code [...]} or {@code {...}} that made YAML stumble. */
final class FlowText {
    private static final Pattern KEY_BEFORE = Pattern.compile("([A-Za-z0-9_-]+):\\s*$");

    private FlowText() {}

    /** The clause that quotes the text around a column, from 0, of a line. */
    static String clause(String line, int column) {
        int from = start(line, Math.min(column, line.length() - 1));
        int to = end(line, from);
        Matcher key = KEY_BEFORE.matcher(line.substring(0, from));
        return QuotedLine.clause(
                key.find() ? key.group(1) : "", line.substring(from, to).strip());
    }

    /** The text that a line begins with, up to where the list or map that it stands in goes on or ends. */
    static String valueOf(String tail) {
        return tail.substring(0, end(tail, 0)).strip();
    }

    private static int start(String line, int column) {
        int closed = 0;
        for (int at = column; at > 0; at--) {
            char c = line.charAt(at);
            char before = line.charAt(at - 1);
            closed += c == ')' ? 1 : c == '(' ? -1 : 0;
            boolean first = before == ' ' && at > 1 && isSeparator(line.charAt(at - 2));
            boolean opened = before == '{' || before == '[' || before == ',';
            if (closed <= 0 && (first || opened) && at != column) {
                return at;
            }
        }
        return 0;
    }

    private static boolean isSeparator(char c) {
        return c == ',' || c == ':' || c == '[' || c == '{';
    }

    private static int end(String line, int from) {
        int depth = 0;
        for (int at = from; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '{' || c == '[' || c == '(') {
                depth++;
            } else if ((c == '}' || c == ']' || c == ')') && --depth < 0) {
                return at;
            } else if (c == ',' && depth == 0) {
                return at;
            }
        }
        return line.length();
    }
}
