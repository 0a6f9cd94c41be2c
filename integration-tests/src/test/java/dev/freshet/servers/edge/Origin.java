package dev.freshet.servers.edge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.servers.CacheServer;
import dev.freshet.servers.process.FreePort;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The application behind an edge: {@code /p/1} is what the cache's entry {@code product:1} holds, {@code /p/1,2} what two of them do, one
 * a line, and 404 says that there is none of them. These answers carry the tags {@code product-<id>} and may be kept for an hour. While
 * the cache is away it is 503, and must not be kept. Virtual threads answer; the methods may be called by any thread.
 */
public final class Origin implements AutoCloseable {
    private static final String PAGES = "/p/";
    private static final Duration TO_ANSWER = Duration.ofSeconds(2);

    private final RedisClient client;
    private final RedisCommands<String, String> entries;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private final Delay delay = new Delay();
    private final HttpServer server;

    private Origin(CacheServer cache) throws IOException {
        var uri = RedisURI.create(cache.uri());
        uri.setTimeout(TO_ANSWER);
        client = RedisClient.create(uri);
        entries = client.connect().sync();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find()), 0);
        server.setExecutor(threads);
        server.createContext(PAGES, this::answer);
        server.start();
    }

    public static Origin of(CacheServer cache) {
        try {
            return new Origin(cache);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** How many requests for pages have come, and read their entries. */
    public int requests() {
        return requests.get();
    }

    /** From now on an answer leaves this long after its entries were read. */
    public void slow(Duration duration) {
        delay.set(duration);
    }

    /** From now on answers leave at once, and so do those that wait. */
    public void quick() {
        delay.set(Duration.ZERO);
    }

    @Override
    public void close() {
        quick();
        server.stop(0);
        threads.shutdownNow();
        client.shutdown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            var path = exchange.getRequestURI().getPath();
            var ids = List.of(path.substring(PAGES.length()).split(","));
            var found = read(ids);
            requests.incrementAndGet();
            delay.await();
            var tags = ids.stream().map("product-"::concat).collect(Collectors.joining(" "));
            exchange.getResponseHeaders().set("Cache-Control", "s-maxage=3600");
            exchange.getResponseHeaders().set("Vary", "Accept-Encoding");
            exchange.getResponseHeaders().set("xkey", tags);
            exchange.getResponseHeaders().set("Surrogate-Key", tags);
            send(exchange, found.isEmpty() ? 404 : 200, String.join("\n", found));
        } catch (RedisException away) {
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            send(exchange, 503, "the cache is away");
        } finally {
            exchange.close();
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private List<String> read(List<String> ids) {
        var keys = ids.stream().map("product:"::concat).toArray(String[]::new);
        return entries.mget(keys).stream()
                .filter(KeyValue::hasValue)
                .map(KeyValue::getValue)
                .toList();
    }
}
