package dev.freshet.write.edge.cloudfront;

import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.http.PurgedUrl;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * What a call purges as CloudFront reads it: {@code #tag}, a path with its query, or the beginning of one and {@code *}.
 *
 * <p>The host of a URL is left out: a distribution invalidates a path for all its hosts.
 */
final class InvalidationItems {
    /** Unsafe by RFC 1738, section 2.2, which CloudFront refuses as they are; {@code %} stands for what is encoded already. */
    private static final String UNSAFE = " \"<>[\\]^`{|}~";

    private InvalidationItems() {}

    /** Each once: two URLs may differ in their host alone. */
    static List<String> of(PurgeCall call) {
        return switch (call.kind()) {
            case TAG -> call.names().stream().map(tag -> "#" + tag).toList();
            case URL ->
                call.names().stream().map(InvalidationItems::path).distinct().toList();
            case PREFIX ->
                call.names().stream().map(InvalidationItems::prefix).distinct().toList();
            case ALL -> List.of("/*");
            case HOST -> throw new IllegalArgumentException("CloudFront purges nothing by host");
        };
    }

    static boolean isWildcard(String item) {
        return item.startsWith("/") && item.endsWith("*");
    }

    private static String prefix(String url) {
        String path = path(url);
        return path.endsWith("*") ? path : path + "*";
    }

    /**
     * An asterisk within a path would be refused, and an encoded one is another path: what stands before the first one is invalidated
     * with all that begins so.
     */
    private static String path(String url) {
        String path = encoded(PurgedUrl.of(url).path());
        int asterisk = path.indexOf('*');
        return asterisk < 0 ? path : path.substring(0, asterisk + 1);
    }

    private static String encoded(String path) {
        StringBuilder encoded = new StringBuilder(path.length());
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            if (each > ' ' && each < 0x7f && UNSAFE.indexOf(each) < 0) {
                encoded.append((char) each);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", each));
            }
        }
        return encoded.toString();
    }
}
