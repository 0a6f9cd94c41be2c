package dev.freshet.write.edge.varnish;

import dev.freshet.write.edge.CachedObjects;
import dev.freshet.write.edge.ScriptedProvider;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** A Varnish whose VCL lets in who bears a key; it takes headers of 8 KB. */
final class ScriptedVarnish extends ScriptedProvider {
    private static final int LONGEST_HEADER = 8 * 1_024;

    private final String key;

    ScriptedVarnish(String key) {
        this.key = key;
    }

    @Override
    protected MockResponse answer(RecordedRequest request, CachedObjects held) {
        if (!key.equals(request.getHeaders().get("X-Purge-Key"))) {
            return shut();
        }
        for (String name : request.getHeaders().names()) {
            if (name.length() + 2 + header(request, name).orElse("").length() > LONGEST_HEADER) {
                return empty(400);
            }
        }
        return switch (request.getMethod()) {
            case "PURGE" -> purge(request, held);
            case "BAN" -> ban(request, held);
            default -> empty(405);
        };
    }

    private static MockResponse purge(RecordedRequest request, CachedObjects held) {
        Optional<String> soft = header(request, "xkey-softpurge");
        Optional<String> tags = header(request, "xkey-purge").or(() -> soft);
        if (tags.isPresent()) {
            Set<String> named = Set.of(tags.get().split(" "));
            held.purge(soft.isPresent(), object -> object.tags().stream().anyMatch(named::contains));
        } else {
            held.purge(
                    false,
                    object -> header(request, "Host")
                                    .filter(object.url().getHost()::equals)
                                    .isPresent()
                            && object.pathAndQuery().equals(request.getTarget()));
        }
        return empty(200);
    }

    private static MockResponse ban(RecordedRequest request, CachedObjects held) {
        Optional<String> host = header(request, "ban-host");
        Optional<String> url = header(request, "ban-url");
        if (url.isEmpty() || url.get().contains(" ")) {
            return empty(400);
        }
        Pattern pattern = Pattern.compile(url.get());
        held.purge(
                false,
                object -> (host.isEmpty() || host.get().equals(object.url().getHost()))
                        && pattern.matcher(object.pathAndQuery()).find());
        return empty(200);
    }

    @Override
    protected MockResponse limited() {
        return new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", WAIT.toSeconds())
                .build();
    }

    @Override
    protected MockResponse shut() {
        return empty(405);
    }
}
