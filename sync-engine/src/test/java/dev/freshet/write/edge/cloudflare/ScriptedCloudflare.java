package dev.freshet.write.edge.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.write.edge.CachedObjects;
import dev.freshet.write.edge.CachedObjects.CachedObject;
import dev.freshet.write.edge.ScriptedProvider;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Cloudflare's purge API: exactly one kind of names a call, at most 100 of them. */
final class ScriptedCloudflare extends ScriptedProvider {
    static final String ZONE = "023e105f4ecef8ad9ca31a8372d0c353";

    private final String token;

    ScriptedCloudflare(String token) {
        this.token = token;
    }

    @Override
    protected MockResponse answer(RecordedRequest request, CachedObjects held) {
        if (!("Bearer " + token).equals(request.getHeaders().get("Authorization"))) {
            return shut();
        }
        if (!request.getRequestLine().equals("POST /client/v4/zones/" + ZONE + "/purge_cache HTTP/1.1")) {
            return error(404, 7003, "Could not route to " + request.getTarget());
        }
        JsonNode body = jsonOf(request);
        if (body.size() != 1) {
            return error(
                    400, 1012, "Request must contain exactly one of purge_everything, files, tags, hosts, prefixes");
        }
        String kind = body.fieldNames().next();
        Set<String> names = new HashSet<>();
        body.path(kind).forEach(name -> names.add(name.asText()));
        boolean isEverything = body.path("purge_everything").asBoolean();
        if (!isEverything && (names.isEmpty() || body.path(kind).size() > 100)) {
            return error(400, 1094, "between 1 and 100 " + kind);
        }
        if (kind.equals("prefixes") && names.stream().anyMatch(name -> name.contains("://"))) {
            return error(400, 1135, "a prefix has no scheme");
        }
        held.purge(false, condition(kind, names));
        return json(
                200, "{\"success\": true, \"errors\": [], \"messages\": [], \"result\": {\"id\": \"" + ZONE + "\"}}");
    }

    private static Predicate<CachedObject> condition(String kind, Set<String> names) {
        return object -> switch (kind) {
            case "tags" ->
                object.tags().stream()
                        .anyMatch(tag -> names.stream()
                                .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(tag)));
            case "files" -> names.contains(object.url().toString());
            case "prefixes" -> names.stream().anyMatch(object.withoutScheme()::startsWith);
            case "hosts" -> names.contains(object.url().getHost());
            case "purge_everything" -> true;
            default -> false;
        };
    }

    static MockResponse error(int status, int code, String message) {
        return json(
                status,
                "{\"success\": false, \"errors\": [{\"code\": " + code + ", \"message\": \"" + message
                        + "\"}], \"messages\": [], \"result\": null}");
    }

    @Override
    protected MockResponse limited() {
        return error(429, 971, "Please wait and consider throttling your request speed")
                .newBuilder()
                .addHeader("Ratelimit", "\"burst\";r=3;t=60, \"default\";r=0;t=" + WAIT.toSeconds())
                .addHeader("Ratelimit-Policy", "\"default\";q=25;w=60")
                .build();
    }

    @Override
    protected MockResponse shut() {
        return error(403, 10000, "Authentication error");
    }
}
