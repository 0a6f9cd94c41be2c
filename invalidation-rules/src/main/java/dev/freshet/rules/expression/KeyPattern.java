package dev.freshet.rules.expression;

import com.google.re2j.Pattern;

/**
 * A key template read backwards: which keys it can have made.
 *
 * @param glob what a server's SCAN is asked for; it may match more than {@code exact}
 * @param exact matches a whole key
 */
public record KeyPattern(String glob, Pattern exact) {
    private static final String END = "\\z";

    /** The same for keys that only begin so. */
    public KeyPattern andLonger() {
        String whole = exact.pattern();
        String beginning = whole.endsWith(END) ? whole.substring(0, whole.length() - END.length()) : whole;
        return new KeyPattern(
                glob.endsWith("*") ? glob : glob + "*", Pattern.compile(beginning + ".*" + END, Pattern.DOTALL));
    }

    public boolean matches(String key) {
        return exact.matches(key);
    }
}
