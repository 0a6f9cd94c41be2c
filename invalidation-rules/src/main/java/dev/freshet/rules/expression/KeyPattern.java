package dev.freshet.rules.expression;

import com.google.re2j.Pattern;

/**
 * A key template read backwards: which keys it can have made.
 *
 * @param glob what a server's SCAN is asked for; it may match more than {@code exact}
 * @param exact matches a whole key
 */
public record KeyPattern(String glob, Pattern exact) {
    public boolean matches(String key) {
        return exact.matches(key);
    }
}
