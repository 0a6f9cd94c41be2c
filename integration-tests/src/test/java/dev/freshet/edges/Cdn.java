package dev.freshet.edges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A provider that takes purges as Freshet's webhooks send them, while it is well. */
final class Cdn implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What it does with a call. */
    enum Mood {
        WELL,
        /** It never answers; whoever waits is let go when it is well again, and nothing was purged. */
        HANGING,
        FAILING
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, AtomicInteger> purged = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Consumer<String> watcher = name -> {};
    private volatile String refused = "";
    private Mood mood = Mood.WELL;

    Cdn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/purge", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/purge";
    }

    synchronized void is(Mood next) {
        mood = next;
        notifyAll();
    }

    /** Is told of each name, on the thread that purges it, before it is. Everything is {@code *}. */
    void watch(Consumer<String> by) {
        watcher = by;
    }

    /** A call with this name is refused. */
    void refuse(String name) {
        refused = name;
    }

    /** How often a name was purged. */
    int purged(String name) {
        AtomicInteger times = purged.get(name);
        return times == null ? 0 : times.get();
    }

    List<String> purged() {
        return List.copyOf(purged.keySet());
    }

    /** What was purged until now. */
    void forget() {
        purged.clear();
    }

    int calls() {
        return calls.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode call = JSON.readTree(exchange.getRequestBody().readAllBytes());
            calls.incrementAndGet();
            List<String> names = new ArrayList<>();
            call.path("names").forEach(name -> names.add(name.asText()));
            if (call.path("kind").asText().equals("all")) {
                names.add("*");
            }
            int status = !isWell() ? 500 : names.contains(refused) ? 422 : 200;
            if (status == 200) {
                names.forEach(watcher);
                names.forEach(name -> purged.computeIfAbsent(name, first -> new AtomicInteger())
                        .incrementAndGet());
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private synchronized boolean isWell() {
        boolean hung = mood == Mood.HANGING;
        while (mood == Mood.HANGING) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !hung && mood == Mood.WELL;
    }

    @Override
    public void close() {
        is(Mood.FAILING);
        server.stop(0);
        threads.shutdownNow();
    }
}
