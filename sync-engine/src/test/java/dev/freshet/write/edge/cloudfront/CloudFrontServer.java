package dev.freshet.write.edge.cloudfront;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** CloudFront's API for one distribution, as far as its documentation says what it takes; it checks signatures and its limits. */
final class CloudFrontServer implements AutoCloseable {
    static final String DISTRIBUTION = "E2EXAMPLE";
    static final String KEY = "AKIDEXAMPLE";
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    static final int MOST_PATHS = 3_000;
    static final int MOST_WILDCARDS = 15;

    private static final SignatureV4 SIGNATURE = new SignatureV4(SECRET, "us-east-1", "cloudfront");
    private static final Pattern AUTHORIZATION = Pattern.compile("AWS4-HMAC-SHA256 Credential=" + KEY
            + "/\\d{8}/us-east-1/cloudfront/aws4_request, ?" + "SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");
    private static final Pattern TAKEN =
            Pattern.compile("#[!-+\\--~]{1,256}|/[^*\\x00-\\x20\\x7f-\\uffff\"<>\\[\\]\\\\^`{|}~#]*\\*?");

    private static final int STALLED = -1;
    private static final int DRIPPING = -2;

    private final HttpServer server;
    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Begun> begun = new LinkedHashMap<>();
    private final List<String> seen = new ArrayList<>();
    private final Deque<Answer> scripted = new ArrayDeque<>();
    private Headers lastHeaders = new Headers();
    private boolean questionsAreDenied;

    /** An invalidation. */
    private static final class Begun {
        private final String id;
        private final String reference;
        private final List<String> items;
        private boolean isCompleted;

        Begun(String id, String reference, List<String> items) {
            this.id = id;
            this.reference = reference;
            this.items = items;
        }

        long paths() {
            return items.size() - wildcards();
        }

        long wildcards() {
            return items.stream()
                    .filter(item -> item.startsWith("/") && item.endsWith("*"))
                    .count();
        }
    }

    private record Answer(int status, String xml) {}

    CloudFrontServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    String address() {
        return "http://" + host();
    }

    String host() {
        return server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** What each invalidation purges, oldest first. */
    synchronized List<List<String>> invalidations() {
        return begun.values().stream().map(each -> each.items).toList();
    }

    /** Methods and last parts of paths, in order. */
    synchronized List<String> seen() {
        return List.copyOf(seen);
    }

    /** Of the last call; {@code -} where it had none of this name. */
    synchronized String lastHeader(String name) {
        return Optional.ofNullable(lastHeaders.getFirst(name)).orElse("-");
    }

    /** The invalidations so far are done. */
    synchronized void complete() {
        begun.values().forEach(each -> each.isCompleted = true);
    }

    /** The oldest that is not done is. */
    synchronized void completeOldest() {
        begun.values().stream().filter(each -> !each.isCompleted).findFirst().orElseThrow().isCompleted = true;
    }

    /** As where a policy allows to invalidate and nothing else. */
    synchronized void denyQuestions() {
        questionsAreDenied = true;
    }

    /** The next call gets this, whatever it asks for. */
    synchronized void answerNext(int status, String body) {
        scripted.add(new Answer(status, body));
    }

    /** Waits for a call. */
    void awaitCall() throws InterruptedException {
        called.await();
    }

    /** The next call is read and gets no answer before the server is closed. */
    synchronized void stallNext() {
        scripted.add(new Answer(STALLED, ""));
    }

    /** The next call gets an answer that comes byte by byte and does not end. */
    synchronized void drip() {
        scripted.add(new Answer(DRIPPING, ""));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer answer = answer(exchange, body);
            if (answer.status() == STALLED) {
                closed.await();
            } else if (answer.status() == DRIPPING) {
                exchange.sendResponseHeaders(201, 0);
                while (!closed.await(10, TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                }
            }
            byte[] xml = answer.xml().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.sendResponseHeaders(answer.status(), xml.length);
            exchange.getResponseBody().write(xml);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Answer answer(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getRawPath();
        called.countDown();
        seen.add(exchange.getRequestMethod() + " " + path.substring(path.lastIndexOf('/') + 1));
        lastHeaders = exchange.getRequestHeaders();
        if (!scripted.isEmpty()) {
            return scripted.remove();
        }
        if (!isSigned(exchange, body)) {
            return error(403, "SignatureDoesNotMatch", "The request signature we calculated does not match.");
        }
        String collection = "/2020-05-31/distribution/" + DISTRIBUTION + "/invalidation";
        if (!path.startsWith(collection)) {
            return error(404, "NoSuchDistribution", "The specified distribution does not exist.");
        }
        return exchange.getRequestMethod().equals("POST") ? create(parsed(body)) : get(path);
    }

    private Answer get(String path) {
        if (questionsAreDenied) {
            return error(
                    403, "AccessDenied", "User: arn:aws:iam::1:user/x is not authorized to perform: GetInvalidation");
        }
        String id = path.substring(path.lastIndexOf('/') + 1);
        return begun.values().stream()
                .filter(each -> each.id.equals(id))
                .findFirst()
                .map(each -> invalidation(200, each))
                .orElseGet(() -> error(404, "NoSuchInvalidation", "The specified invalidation does not exist."));
    }

    private Answer create(Document batch) {
        String reference = texts(batch, "CallerReference").getFirst();
        List<String> items = texts(batch, "Path");
        if (!texts(batch, "Quantity").equals(List.of(String.valueOf(items.size())))) {
            return error(400, "InconsistentQuantities", "The value of Quantity and the size of Items don't match.");
        }
        Begun before = begun.get(reference);
        if (before != null) {
            return before.items.equals(items)
                    ? invalidation(201, before)
                    : error(409, "InvalidationBatchAlreadyExists", "Another batch has this caller reference.");
        }
        if (items.stream()
                .anyMatch(item -> item.length() > 4_000 || !TAKEN.matcher(item).matches())) {
            return error(400, "InvalidArgument", "Your request contains one or more invalid invalidation paths.");
        }
        Begun wanted = new Begun("I" + begun.size(), reference, items);
        List<Begun> inProgress =
                begun.values().stream().filter(each -> !each.isCompleted).toList();
        if (inProgress.stream().mapToLong(Begun::paths).sum() + wanted.paths() > MOST_PATHS
                || inProgress.stream().mapToLong(Begun::wildcards).sum() + wanted.wildcards() > MOST_WILDCARDS) {
            return error(400, "TooManyInvalidationsInProgress", "Your request exceeds what may be in progress.");
        }
        begun.put(reference, wanted);
        return invalidation(201, wanted);
    }

    private static boolean isSigned(HttpExchange exchange, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        Matcher authorization = AUTHORIZATION.matcher(headers.getOrDefault("authorization", ""));
        if (!authorization.matches()) {
            return false;
        }
        List<String> signed = List.of(authorization.group(1).split(";"));
        String signature = SIGNATURE.of(
                headers.getOrDefault("x-amz-date", ""),
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                "",
                signed,
                headers,
                body);
        return signed.contains("host") && signature.equals(authorization.group(2));
    }

    private static Document parsed(byte[] xml) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("no XML: " + new String(xml, StandardCharsets.UTF_8), e);
        }
    }

    private static List<String> texts(Document document, String element) {
        NodeList found = document.getElementsByTagName(element);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts;
    }

    private static Answer invalidation(int status, Begun begun) {
        return new Answer(status, """
                <?xml version="1.0"?>
                <Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>%s</Id><Status>%s</Status>\
                <CreateTime>2026-11-01T00:00:00.000Z</CreateTime><InvalidationBatch><Paths><Quantity>%d</Quantity></Paths>\
                <CallerReference>%s</CallerReference></InvalidationBatch></Invalidation>
                """.formatted(
                        begun.id, begun.isCompleted ? "Completed" : "InProgress", begun.items.size(), begun.reference));
    }

    private static Answer error(int status, String code, String message) {
        return new Answer(status, error(code, message));
    }

    /** As CloudFront writes it. */
    static String error(String code, String message) {
        return """
                <?xml version="1.0"?>
                <ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error><Type>Sender</Type>\
                <Code>%s</Code><Message>%s</Message></Error><RequestId>r-1</RequestId></ErrorResponse>
                """.formatted(code, message);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
