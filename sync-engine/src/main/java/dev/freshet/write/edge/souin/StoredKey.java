package dev.freshet.write.edge.souin;

import dev.freshet.write.edge.http.PurgedUrl;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The keys under which Souin stores the answers of a URL, unless it is configured otherwise: {@code GET-https-shop.example-/p/17?a=b}, the
 * path decoded and the query as it came, and {@code {-VARY-}} with headers behind it where answers vary.
 *
 * <p>Its API takes a regular expression that it looks for anywhere in its keys, and reads it from the request line as it stands
 * there, question marks included. So a pattern holds only what may stand in a URL: no backslash, no bar, and brackets in its query alone,
 * which the first question mark begins.
 */
final class StoredKey {
    private static final String ITSELF = "/-_~=&,:;@!'";
    private static final String MEANS_SOMETHING = ".$*+?()";

    private StoredKey() {}

    /** Matches the keys of a URL with any method, and with both schemes: behind a proxy that ends TLS Souin sees http. */
    static String patternOf(PurgedUrl url) {
        int question = url.path().indexOf('?');
        String path = question < 0 ? url.path() : url.path().substring(0, question);
        String query = question < 0 ? "" : url.path().substring(question);
        String key = url.host() + "-" + decoded(path) + query;
        return "-?https*-" + literally(key) + "(.-VARY-.*)*$";
    }

    /** Each character for itself, in brackets where a pattern means something by it; any for one that may not stand in a URL. */
    private static String literally(String text) {
        StringBuilder pattern = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (ITSELF.indexOf(c) >= 0 || isLetterOrDigit(c)) {
                pattern.appendCodePoint(c);
            } else if (MEANS_SOMETHING.indexOf(c) >= 0) {
                pattern.append('[').appendCodePoint(c).append(']');
            } else {
                pattern.append('.');
            }
        });
        return pattern.toString();
    }

    private static boolean isLetterOrDigit(int c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    private static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
