package dev.freshet.write.edge.cloudfront;

import dev.freshet.write.edge.CachedObjects;
import dev.freshet.write.edge.ScriptedProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okio.ByteString;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** CloudFront's API for one distribution, as its documentation says what it takes: signed, and no more than may be in progress. */
final class CloudFrontProvider extends ScriptedProvider {
    static final String DISTRIBUTION = "E2EXAMPLE";
    static final String KEY = "AKIDEXAMPLE";
    static final int MOST_PATHS = 3_000;
    static final int MOST_WILDCARDS = 15;

    private static final Pattern AUTHORIZATION = Pattern.compile("AWS4-HMAC-SHA256 Credential=" + KEY
            + "/\\d{8}/us-east-1/cloudfront/aws4_request, ?" + "SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");
    private static final Pattern TAKEN =
            Pattern.compile("#[!-+\\--~]{1,256}|/[^*\\x00-\\x20\\x7f-\\uffff\"<>\\[\\]\\\\^`{|}~#]*\\*?");

    private final SignatureV4 signature;
    private final Map<String, Begun> begun = new LinkedHashMap<>();
    private final List<String> seen = new ArrayList<>();
    private final Deque<MockResponse> scripted = new ArrayDeque<>();
    private Optional<Headers> lastHeaders = Optional.empty();
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

    CloudFrontProvider(String secretKey) {
        this.signature = new SignatureV4(secretKey, "us-east-1", "cloudfront");
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
        return lastHeaders.map(headers -> headers.get(name)).orElse("-");
    }

    /** The invalidations so far are done. */
    synchronized void complete() {
        begun.values().forEach(each -> each.isCompleted = true);
    }

    /** The oldest that is not done is. */
    synchronized void completeOldest() {
        begun.values().stream().filter(each -> !each.isCompleted).findFirst().orElseThrow().isCompleted = true;
    }

    /** The next call gets this, whatever it asks for. */
    synchronized void answerNext(MockResponse answer) {
        scripted.add(answer);
    }

    /** As where a policy allows to invalidate and nothing else. */
    synchronized void denyQuestions() {
        questionsAreDenied = true;
    }

    @Override
    protected synchronized MockResponse answer(RecordedRequest request, CachedObjects held) {
        String path = request.getTarget();
        seen.add(request.getMethod() + " " + path.substring(path.lastIndexOf('/') + 1));
        lastHeaders = Optional.of(request.getHeaders());
        if (!scripted.isEmpty()) {
            return scripted.remove();
        }
        if (!isSigned(request)) {
            return error(403, "SignatureDoesNotMatch", "The request signature we calculated does not match.");
        }
        if (!path.startsWith("/2020-05-31/distribution/" + DISTRIBUTION + "/invalidation")) {
            return error(404, "NoSuchDistribution", "The specified distribution does not exist.");
        }
        return "POST".equals(request.getMethod()) ? create(parsed(body(request)), held) : get(path);
    }

    @Override
    protected MockResponse limited() {
        return error(400, "TooManyInvalidationsInProgress", "Your request exceeds what may be in progress.");
    }

    @Override
    protected MockResponse shut() {
        return error(
                403, "AccessDenied", "User: arn:aws:iam::1:user/x is not authorized to perform: CreateInvalidation");
    }

    /** It does not say; the adapter does. */
    @Override
    protected Duration asksFor() {
        return Duration.ofSeconds(5);
    }

    @Override
    protected boolean knowsHosts() {
        return false;
    }

    private static byte[] body(RecordedRequest request) {
        return Optional.ofNullable(request.getBody()).orElse(ByteString.EMPTY).toByteArray();
    }

    private static void purge(String item, CachedObjects held) {
        held.purge(false, object -> switch (item.charAt(0)) {
            case '#' -> object.tags().stream().anyMatch(item.substring(1)::equalsIgnoreCase);
            default ->
                item.endsWith("*")
                        ? object.pathAndQuery().startsWith(item.substring(0, item.length() - 1))
                        : object.pathAndQuery().equals(item);
        });
    }

    private MockResponse get(String path) {
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

    private MockResponse create(Document batch, CachedObjects held) {
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
            return limited();
        }
        items.forEach(item -> purge(item, held));
        begun.put(reference, wanted);
        return invalidation(201, wanted);
    }

    private boolean isSigned(RecordedRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.getHeaders()
                .forEach(header -> headers.put(header.getFirst().toLowerCase(Locale.ROOT), header.getSecond()));
        Matcher authorization = AUTHORIZATION.matcher(headers.getOrDefault("authorization", ""));
        if (!authorization.matches()) {
            return false;
        }
        List<String> signed = List.of(authorization.group(1).split(";"));
        String expected = signature.of(
                headers.getOrDefault("x-amz-date", ""),
                request.getMethod(),
                request.getTarget(),
                "",
                signed,
                headers,
                body(request));
        return signed.contains("host") && expected.equals(authorization.group(2));
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

    private static MockResponse invalidation(int status, Begun begun) {
        return xml(status, """
                <?xml version="1.0"?>
                <Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>%s</Id><Status>%s</Status>\
                <CreateTime>2026-11-01T00:00:00.000Z</CreateTime><InvalidationBatch><Paths><Quantity>%d</Quantity></Paths>\
                <CallerReference>%s</CallerReference></InvalidationBatch></Invalidation>
                """.formatted(
                        begun.id, begun.isCompleted ? "Completed" : "InProgress", begun.items.size(), begun.reference));
    }

    static MockResponse error(int status, String code, String message) {
        return xml(status, """
                <?xml version="1.0"?>
                <ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error><Type>Sender</Type>\
                <Code>%s</Code><Message>%s</Message></Error><RequestId>r-1</RequestId></ErrorResponse>
                """.formatted(code, message));
    }

    private static MockResponse xml(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "text/xml")
                .body(body)
                .build();
    }
}
