package dev.freshet.rules.yaml;

/**
 * How a scalar stands in its file.
 *
 * @param raw its text there, quotes included
 * @param meaning its text without quotes and escapes, variables not yet replaced
 * @param style its quotes
 * @param tail what follows it on its last line, comment included
 */
public record Written(String raw, String meaning, Style style, String tail) {
    /** How a scalar is quoted. */
    public enum Style {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        /** {@code |} and {@code >}. */
        BLOCK
    }

    /** Whether a comment cut the line after it. */
    boolean isCutByComment() {
        return style == Style.PLAIN && tail.stripLeading().startsWith("#");
    }

    Place placeOf(Place start, int offset) {
        if (raw.indexOf('\n') >= 0 || offset < 0 || offset > meaning.length()) {
            return start;
        }
        return switch (style) {
            case PLAIN -> start.right(meaning.codePointCount(0, offset));
            case SINGLE_QUOTED ->
                start.right(1 + rawLength(meaning.substring(0, offset).replace("'", "''")));
            case DOUBLE_QUOTED -> start.right(unescapedTo(offset));
            case BLOCK -> start;
        };
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
