package dev.freshet.rules.yaml;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a user should have written where YAML wants quotes. */
final class QuotedLine {
    private static final Pattern LINE = Pattern.compile("\\s*(?:-\\s+)*(?:([A-Za-z0-9_.*-]+):\\s+)?(.*?)\\s*");

    private static final Pattern SECRET = Pattern.compile("(?i)keys|.*(?:password|secret|token|hmac|encrypt).*");

    private QuotedLine() {}

    /** Whether what stands under a key must not be shown. */
    static boolean isSecret(String key) {
        return SECRET.matcher(key).matches();
    }

    /** The clause for a value under a key, or for an item of a list where the key is empty. */
    static String clause(String key, String value) {
        if (isSecret(key)) {
            return "put the value of " + key + " in quotes";
        }
        return "write " + (key.isEmpty() ? "" : key + ": ") + quote(value);
    }

    /** The clause for a whole line of the file; empty where the line has no value. */
    static Optional<String> clauseForLine(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches() || parts.group(2).isEmpty()) {
            return Optional.empty();
        }
        String key = parts.group(1) == null ? "" : parts.group(1);
        return Optional.of(clause(key, withoutComment(parts.group(2))));
    }

    /** The value of a line, without its key and comment. */
    static String valueOf(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches() ? withoutComment(parts.group(2)) : "";
    }

    /** Double quotes where the text holds none and no backslash, else single ones. */
    static String quote(String text) {
        return text.indexOf('"') < 0 && text.indexOf('\\') < 0 ? '"' + text + '"' : "'" + text.replace("'", "''") + "'";
    }

    private static String withoutComment(String value) {
        int comment = value.indexOf(" # ");
        return comment < 0 ? value : value.substring(0, comment).stripTrailing();
    }
}
