package dev.freshet.rules.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * How a scalar stands in its file.
 *
 * @param raw its text there, quotes included
 * @param meaning its text without quotes and escapes, variables not yet replaced
 * @param style its quotes
 * @param tail what follows it on its last line, comment included
 */
public record Written(String raw, String meaning, Style style, String tail) {
    private static final Pattern PROPERTIES = Pattern.compile("(?:[&!]\\S* +)+");

    /** How a scalar is quoted. */
    public enum Style {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        /** {@code |} and {@code >}. */
        BLOCK
    }

    static Written of(ScalarEvent event, String raw, String tail) {
        Style style = switch (event.getScalarStyle()) {
            case PLAIN -> Style.PLAIN;
            case SINGLE_QUOTED -> Style.SINGLE_QUOTED;
            case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> Style.DOUBLE_QUOTED;
            case LITERAL, FOLDED -> Style.BLOCK;
        };
        return new Written(raw, event.getValue(), style, tail);
    }

    /** Characters of an anchor and a tag on the scalar's own line. */
    static int lengthOfProperties(String raw) {
        Matcher properties = PROPERTIES.matcher(raw);
        return properties.lookingAt() ? properties.end() : 0;
    }

    /** Whether a comment cut the line after it. */
    boolean isCutByComment() {
        return style == Style.PLAIN && tail.stripLeading().startsWith("#");
    }

    Place placeOf(Place start, int offset) {
        if (offset < 0 || offset > meaning.length()) {
            return start;
        }
        if (raw.indexOf('\n') >= 0) {
            return style == Style.BLOCK || style == Style.PLAIN ? placeOverLines(start, offset) : start;
        }
        return switch (style) {
            case PLAIN -> start.right(meaning.codePointCount(0, offset));
            case SINGLE_QUOTED ->
                start.right(1 + rawLength(meaning.substring(0, offset).replace("'", "''")));
            case DOUBLE_QUOTED -> start.right(unescapedTo(offset));
            case BLOCK -> start;
        };
    }

    /** Folding and indentation change white space alone, so other characters are counted. */
    private Place placeOverLines(Place start, int offset) {
        long before =
                meaning.substring(0, offset).chars().filter(c -> !isSpace(c)).count();
        int at = style == Style.BLOCK ? raw.indexOf('\n') : 0;
        while (at < raw.length() && (before > 0 || isSpace(raw.charAt(at)))) {
            before -= isSpace(raw.charAt(at)) ? 0 : 1;
            at++;
        }
        String passed = raw.substring(0, at);
        int line = (int) passed.chars().filter(c -> c == '\n').count();
        int column = rawLength(passed.substring(passed.lastIndexOf('\n') + 1));
        return line == 0 ? start.right(column) : new Place(start.file(), start.line() + line, column + 1);
    }

    private static boolean isSpace(int character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }

    private static int rawLength(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Characters of {@link #raw} before the one that stands at {@code offset} once escapes are read. */
    private int unescapedTo(int offset) {
        int at = 1;
        for (int read = 0; read < offset && at < raw.length() - 1; ) {
            if (raw.charAt(at) == '\\') {
                int digits = digitsAfter(raw.charAt(at + 1));
                read += digits == 8 && raw.charAt(at + 5) != '0' ? 2 : 1;
                at += 2 + digits;
            } else {
                read++;
                at++;
            }
        }
        return raw.codePointCount(0, Math.min(at, raw.length()));
    }

    private static int digitsAfter(char escape) {
        return escape == 'x' ? 2 : escape == 'u' ? 4 : escape == 'U' ? 8 : 0;
    }
}
