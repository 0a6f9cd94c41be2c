package dev.freshet.write.edge.akamai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.write.edge.CachedObjects;
import dev.freshet.write.edge.ScriptedProvider;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.ByteString;

/** Fast Purge, version 3, as its documentation says what it takes. It knows one API client and one CP code. */
final class AkamaiProvider extends ScriptedProvider {
    static final String CP_CODE = "12345";
    static final String CLIENT_TOKEN = "akab-client-token-1";
    static final String ACCESS_TOKEN = "akab-access-token-1";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST = 50_000;
    private static final Pattern TARGET =
            Pattern.compile("/ccu/v3/(invalidate|delete)/(tag|url|cpcode)/(production|staging)");
    private static final Pattern AUTHORIZATION = Pattern.compile("(EG1-HMAC-SHA256 client_token=" + CLIENT_TOKEN
            + ";access_token=" + ACCESS_TOKEN + ";timestamp=([^;]+);nonce=([^;]+);)signature=(.+)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ssZ", Locale.ROOT);
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9!#$%'+./^_`|~-]{1,128}");
    private static final Pattern URL = Pattern.compile("https?://[!-~]+");

    private final EdgeGridSignature signature;
    private final Set<String> nonces = new HashSet<>();
    private final Map<String, Integer> tokens =
            new ConcurrentHashMap<>(Map.of("tag", 5_000, "url", 10_000, "cpcode", 300));
    private volatile String network = "";

    AkamaiProvider(String clientSecret) {
        this.signature = new EdgeGridSignature(clientSecret);
    }

    /** Where the last purge went. */
    String network() {
        return network;
    }

    @Override
    protected MockResponse answer(RecordedRequest request, CachedObjects held) {
        Matcher target = TARGET.matcher(request.getTarget());
        if (!isSigned(request)) {
            return problem(401, "Not authorized", "The signature does not match");
        }
        if (!target.matches() || !"POST".equals(request.getMethod())) {
            return problem(404, "Not found", request.getTarget());
        }
        if (request.getBodySize() > MOST) {
            return problem(413, "Request entity too large", "50000 bytes");
        }
        List<String> objects = objects(request, target.group(2));
        if (objects.isEmpty()) {
            return problem(400, "bad request", "it names nothing, or what no object can have");
        }
        if (tokens.merge(target.group(2), -objects.size(), Integer::sum) < 0) {
            return limited();
        }
        network = target.group(3);
        boolean softly = target.group(1).equals("invalidate");
        switch (target.group(2)) {
            case "tag" -> held.purge(softly, object -> objects.stream().anyMatch(object.tags()::contains));
            case "url" ->
                held.purge(softly, object -> objects.contains(object.url().toString()));
            default -> held.purge(softly, object -> objects.contains(CP_CODE));
        }
        return json(201, """
                {"httpStatus":201,"detail":"Request accepted","estimatedSeconds":5,"purgeId":"p-1","supportId":"p-1"}
                """);
    }

    /** None where one of them is no name of the kind. */
    private static List<String> objects(RecordedRequest request, String kind) {
        List<String> objects = new ArrayList<>();
        for (JsonNode each : parsed(body(request).utf8()).path("objects")) {
            boolean fits = switch (kind) {
                case "tag" -> TAG.matcher(each.asText()).matches();
                case "url" -> URL.matcher(each.asText()).matches();
                default -> each.isIntegralNumber();
            };
            if (!fits) {
                return List.of();
            }
            objects.add(each.asText());
        }
        return objects;
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + json, e);
        }
    }

    private static ByteString body(RecordedRequest request) {
        return Optional.ofNullable(request.getBody()).orElse(ByteString.EMPTY);
    }

    private synchronized boolean isSigned(RecordedRequest request) {
        Matcher authorization = AUTHORIZATION.matcher(
                Optional.ofNullable(request.getHeaders().get("Authorization")).orElse(""));
        return authorization.matches()
                && isNow(authorization.group(2))
                && nonces.add(authorization.group(3))
                && authorization
                        .group(4)
                        .equals(signature.of(
                                request.getMethod(),
                                Optional.ofNullable(request.getHeaders().get("Host"))
                                        .orElse(""),
                                request.getTarget(),
                                body(request).toByteArray(),
                                authorization.group(1),
                                authorization.group(2)));
    }

    private static boolean isNow(String time) {
        try {
            Instant said = ZonedDateTime.parse(time, TIME).toInstant();
            return Duration.between(said, Instant.now()).abs().toSeconds() <= 30;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** 56 objects were sent, none were left, and 8 come back in a second. */
    @Override
    protected MockResponse limited() {
        return problem(
                        429,
                        "Tag Rate Limit exceeded",
                        "",
                        ",\"rateLimit\":5000,\"rateLimitCurrentRequestSize\":56,\"rateLimitRemaining\":0")
                .newBuilder()
                .addHeader("X-Ratelimit-Limit", "100")
                .addHeader("X-Ratelimit-Limit-Per-Second", "50.00")
                .addHeader("X-Ratelimit-Remaining", "99")
                .addHeader("X-Ratelimit-Limit-Objects", "5000")
                .addHeader("X-Ratelimit-Limit-Per-Second-Objects", "8.00")
                .addHeader("X-Ratelimit-Remaining-Objects", "0")
                .build();
    }

    @Override
    protected MockResponse shut() {
        return problem(403, "Forbidden", "The authorization token does not allow access to the resource");
    }

    private static MockResponse problem(int status, String title, String detail) {
        return problem(status, title, detail, "");
    }

    private static MockResponse problem(int status, String title, String detail, String more) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/api-problem+json")
                .body("{\"supportId\":\"s-1\",\"title\":\"" + title + "\",\"httpStatus\":" + status + ",\"detail\":\""
                        + detail + "\"" + more + "}")
                .build();
    }
}
