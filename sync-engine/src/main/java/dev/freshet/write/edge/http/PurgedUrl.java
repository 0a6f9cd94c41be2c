package dev.freshet.write.edge.http;

import java.net.URI;
import java.util.Locale;

/**
 * A URL, or the beginning of one, as purges name it.
 *
 * @param scheme empty where it says none
 * @param host with its port, if it says one; in lower case; empty where it says none
 * @param path with the query, as it is encoded; begins with a slash
 */
public record PurgedUrl(String scheme, String host, String path) {
    private static final String AFTER_HOST = "/?#";

    /** Takes {@code https://host/path?query} apart, {@code host/path} and {@code /path} as well. */
    public static PurgedUrl of(String text) {
        int schemeEnd = text.indexOf("://");
        String scheme = schemeEnd < 0 ? "" : text.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        String rest = schemeEnd < 0 ? text : text.substring(schemeEnd + 3);
        int hostEnd = 0;
        while (hostEnd < rest.length() && AFTER_HOST.indexOf(rest.charAt(hostEnd)) < 0) {
            hostEnd++;
        }
        String host = rest.substring(0, hostEnd).toLowerCase(Locale.ROOT);
        String path = rest.substring(hostEnd);
        int fragment = path.indexOf('#');
        String sent = fragment < 0 ? path : path.substring(0, fragment);
        return new PurgedUrl(scheme, host, sent.startsWith("/") ? sent : "/" + sent);
    }

    /** The host and the path. */
    public String withoutScheme() {
        return host + path;
    }

    /** Its path at another address. */
    public URI at(String address) {
        return URI.create(address + path);
    }
}
