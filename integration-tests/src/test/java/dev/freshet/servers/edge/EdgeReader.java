package dev.freshet.servers.edge;

import dev.freshet.servers.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Asks one machine of an edge for URLs of any host, as if their names led there: the machine is the client's proxy, so no name is
 * looked up and the request says the URL's host. Safe on any thread.
 */
public final class EdgeReader implements AutoCloseable {
    private static final Duration TO_ANSWER = Duration.ofSeconds(5);

    private final HttpClient client;

    private EdgeReader(HttpClient client) {
        this.client = client;
    }

    public static EdgeReader of(Server edge) {
        return from("127.0.0.1", edge);
    }

    /** From another address of this machine. */
    public static EdgeReader from(String address, Server edge) {
        try {
            return new EdgeReader(HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .localAddress(InetAddress.getByName(address))
                    .proxy(ProxySelector.of(new InetSocketAddress(edge.host(), edge.port())))
                    .build());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a URL whole, {@code http://shop.example/p/1}. */
    public EdgeAnswer read(String url) {
        return ask("GET", url);
    }

    /**
     * Sends a request without a body.
     *
     * @param headers name, value, name, value
     * @throws UncheckedIOException where nobody answers
     */
    public EdgeAnswer ask(String method, String url, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(TO_ANSWER)
                .method(method, HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return EdgeAnswer.of(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while %s was asked for".formatted(url), e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
