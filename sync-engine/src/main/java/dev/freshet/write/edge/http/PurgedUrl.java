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
    /** Takes {@code https://host/path?query} apart, {@code host/path} and {@code /path} as well. */
    public static PurgedUrl of(String text) {
        int schemeEnd = text.indexOf("://");
        String scheme = schemeEnd < 0 ? "" : text.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        String rest = schemeEnd < 0 ? text : text.substring(schemeEnd + 3);
        int slash = rest.indexOf('/');
        String host = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "/" : rest.substring(slash);
        int fragment = path.indexOf('#');
        return new PurgedUrl(scheme, host.toLowerCase(Locale.ROOT), fragment < 0 ? path : path.substring(0, fragment));
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
