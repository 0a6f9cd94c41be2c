package dev.freshet.write.edge.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * That a request may say of which host it speaks: a cache's node is reached at its own address, and asked about objects of other hosts.
 *
 * <p>The JDK's client refuses that unless a property says otherwise when its classes are loaded.
 */
final class HostHeader {
    private static final String PROPERTY = "jdk.httpclient.allowRestrictedHeaders";

    private HostHeader() {}

    /** Allows it; too late once anybody made a client in this process. */
    static void allow() {
        System.setProperty(
                PROPERTY,
                Stream.of(System.getProperty(PROPERTY, ""), "host")
                        .filter(text -> !text.isBlank())
                        .collect(Collectors.joining(",")));
    }

    /**
     * Makes sure of it.
     *
     * @throws IllegalStateException where it was too late
     */
    static void require() {
        try {
            HttpRequest.newBuilder(URI.create("http://localhost/")).header("Host", "localhost");
        } catch (IllegalArgumentException restricted) {
            throw new IllegalStateException(
                    "an HTTP client was made in this process before Freshet's; start Java with -D" + PROPERTY + "=host",
                    restricted);
        }
    }
}
