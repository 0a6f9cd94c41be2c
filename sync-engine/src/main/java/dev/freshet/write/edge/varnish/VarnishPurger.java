package dev.freshet.write.edge.varnish;

import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeOption;
import dev.freshet.write.edge.EdgePurger;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.http.EdgeText;
import dev.freshet.write.edge.http.HttpAnswer;
import dev.freshet.write.edge.http.HttpCall;
import dev.freshet.write.edge.http.HttpCaller;
import dev.freshet.write.edge.http.PurgedUrl;
import dev.freshet.write.edge.http.SentNames;
import dev.freshet.write.edge.http.StatusMeaning;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells one node. What is not in its cache is purged as well. */
public final class VarnishPurger implements EdgePurger {
    private static final Pattern MEANS_SOMETHING = Pattern.compile("[.$*+?()\\[\\]^{}|\\\\#]");
    private static final String ANY_URL = ".";

    private final EdgeOption.Members options;
    private final Map<String, String> headers;
    private final String node;
    private final StatusMeaning meaning;
    private final HttpCaller caller;

    /** @param node its address, {@code http://host:port} */
    public VarnishPurger(Edge edge, String node, InstantSource clock) {
        this.options = edge.options();
        this.headers = options.named("headers");
        headers.forEach(EdgeText::header);
        this.node = EdgeText.address("nodes", node);
        this.meaning = new StatusMeaning(clock);
        this.caller = HttpCaller.namingHosts(edge.timeout());
    }

    @Override
    public PurgeReply purge(PurgeCall call) throws InterruptedException {
        Optional<PurgeReply> refused = SentNames.refusal(call);
        return refused.isPresent() ? refused.get() : caller.call(request(call), answer -> reply(call.kind(), answer));
    }

    private HttpCall request(PurgeCall call) {
        return switch (call.kind()) {
            case TAG ->
                purge("/")
                        .with(
                                call.soft()
                                        ? option("soft_tag_header", "xkey-softpurge")
                                        : option("tag_header", "xkey-purge"),
                                String.join(" ", call.names()));
            case URL -> {
                PurgedUrl url = PurgedUrl.of(call.names().getFirst());
                yield purge(url.path()).with("Host", url.host());
            }
            case PREFIX -> {
                PurgedUrl prefix = PurgedUrl.of(call.names().getFirst());
                HttpCall ban = ban().with(urlHeader(), "^" + pattern(prefix.path()));
                yield prefix.host().isEmpty() ? ban : ban.with(hostHeader(), prefix.host());
            }
            case HOST -> ban().with(hostHeader(), call.names().getFirst()).with(urlHeader(), ANY_URL);
            case ALL -> ban().with(urlHeader(), ANY_URL);
        };
    }

    private HttpCall purge(String path) {
        return new HttpCall(option("method", "PURGE"), URI.create(node + path)).withSecrets(headers);
    }

    private HttpCall ban() {
        return new HttpCall(option("ban_method", "BAN"), URI.create(node + "/")).withSecrets(headers);
    }

    private String urlHeader() {
        return option("url_header", "ban-url");
    }

    private String hostHeader() {
        return option("host_header", "ban-host");
    }

    private String option(String key, String otherwise) {
        return options.text(key).orElse(otherwise);
    }

    /** What may stand in a URL and means something in a pattern stands for itself. */
    private static String pattern(String path) {
        return MEANS_SOMETHING.matcher(path).replaceAll("\\\\$0");
    }

    /**
     * 404: nothing of it was there; a ban looks for nothing, so it was not Varnish that answered. 405 is what VCL commonly answers to
     * those who may not.
     */
    private PurgeReply reply(Edge.Kind kind, HttpAnswer answer) {
        return switch (answer.status()) {
            case 404 ->
                switch (kind) {
                    case TAG, URL -> new PurgeReply.Accepted();
                    case PREFIX, HOST, ALL -> new PurgeReply.Shut(answer.says());
                };
            case 405 -> new PurgeReply.Shut(answer.says());
            default -> meaning.of(answer, taken -> new PurgeReply.Accepted());
        };
    }

    @Override
    public void close() {
        caller.close();
    }
}
