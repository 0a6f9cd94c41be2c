package dev.freshet.write.edge.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL, or the beginning of one, as purges name it.
 *
 * @param scheme empty where it says none
 * @param host with its port, if it says one; in lower case; empty where it says none
 * @param path with the query, as it is encoded; begins with a slash
 */
public record PurgedUrl(String scheme, String host, String path) {
    private static final Pattern PARTS =
            Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*)://)?([^/?#]*)([^#]*).*", Pattern.DOTALL);

    /** Takes {@code https://host/path?query} apart, {@code host/path} and {@code /path} as well. */
    public static PurgedUrl of(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("every text has these parts, some of them empty");
        }
        String scheme = parts.group(1) == null ? "" : parts.group(1);
        String path = parts.group(3);
        return new PurgedUrl(
                scheme.toLowerCase(Locale.ROOT),
                parts.group(2).toLowerCase(Locale.ROOT),
                path.startsWith("/") ? path : "/" + path);
    }

    /** The host and the path. */
    public String withoutScheme() {
        return host + path;
    }
}
