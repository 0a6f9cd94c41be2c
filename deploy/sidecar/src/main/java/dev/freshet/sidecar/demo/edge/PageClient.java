package dev.freshet.sidecar.demo.edge;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks a server of this machine for pages, over connections that are kept open. Safe for any thread.
 *
 * <p>The JDK's older client: it needs half the processor time of the newer one, which has threads of its own.
 *
 * @param port on loopback
 */
public record PageClient(int port) {
    private static final int LIMIT_MILLIS = 5_000;
    private static final int LOWEST_ERROR = 400;

    public Reply get(String path) throws IOException {
        return get(path, Optional.empty());
    }

    /** @param etag of what the asker has; where it is still good the reply is a 304 */
    Reply get(String path, Optional<String> etag) throws IOException {
        var address = URI.create("http://127.0.0.1:%d%s".formatted(port, path)).toURL();
        var connection = (HttpURLConnection) address.openConnection();
        connection.setConnectTimeout(LIMIT_MILLIS);
        connection.setReadTimeout(LIMIT_MILLIS);
        etag.ifPresent(tag -> connection.setRequestProperty("If-None-Match", tag));
        int status = connection.getResponseCode();
        var headers = new HashMap<String, String>();
        connection.getHeaderFields().forEach((name, values) -> {
            if (name != null) { // the status line
                headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values));
            }
        });
        // Read to its end, or the connection is not used again.
        try (var body = status < LOWEST_ERROR ? connection.getInputStream() : connection.getErrorStream()) {
            return new Reply(status, headers, body == null ? "" : text(body));
        }
    }

    private static String text(InputStream body) throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
}
