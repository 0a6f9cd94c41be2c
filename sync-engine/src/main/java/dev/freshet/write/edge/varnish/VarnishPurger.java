package dev.freshet.write.edge.varnish;

import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeOption;
import dev.freshet.write.edge.EdgePurger;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.http.HttpAnswer;
import dev.freshet.write.edge.http.HttpCall;
import dev.freshet.write.edge.http.HttpCaller;
import dev.freshet.write.edge.http.PurgedUrl;
import dev.freshet.write.edge.http.StatusMeaning;
import java.net.URI;
import java.time.InstantSource;

/** Tells one node. What is not in its cache is purged as well. */
public final class VarnishPurger implements EdgePurger {
    private static final String ANY_PATH = "^/";

    private final EdgeOption.Members options;
    private final String node;
    private final StatusMeaning meaning;
    private final HttpCaller caller;

    /** @param node its address, {@code http://host:port} */
    public VarnishPurger(Edge edge, String node, InstantSource clock) {
        this.options = edge.options();
        this.node = node;
        this.meaning = new StatusMeaning(clock);
        this.caller = HttpCaller.namingHosts(edge.timeout());
    }

    @Override
    public PurgeReply purge(PurgeCall call) throws InterruptedException {
        HttpCall request = request(call).withSecrets(options.named("headers"));
        return caller.call(request, this::reply);
    }

    private HttpCall request(PurgeCall call) {
        return switch (call.kind()) {
            case TAG ->
                new HttpCall(purge(), URI.create(node + "/"))
                        .with(
                                call.soft()
                                        ? option("soft_tag_header", "xkey-softpurge")
                                        : option("tag_header", "xkey-purge"),
                                String.join(" ", call.names()));
            case URL -> {
                PurgedUrl url = PurgedUrl.of(call.names().getFirst());
                yield new HttpCall(purge(), url.at(node)).with("Host", url.host());
            }
            case PREFIX -> {
                PurgedUrl prefix = PurgedUrl.of(call.names().getFirst());
                HttpCall ban = ban().with(urlHeader(), "^" + pattern(prefix.path()));
                yield prefix.host().isEmpty() ? ban : ban.with(hostHeader(), prefix.host());
            }
            case HOST -> ban().with(hostHeader(), call.names().getFirst());
            case ALL -> ban().with(urlHeader(), ANY_PATH);
        };
    }

    private String purge() {
        return option("method", "PURGE");
    }

    private HttpCall ban() {
        return new HttpCall(option("ban_method", "BAN"), URI.create(node + "/"));
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

    /** A ban is split at blanks before it is a pattern, and a quote ends it. */
    private static String pattern(String path) {
        StringBuilder pattern = new StringBuilder();
        path.chars().forEach(c -> {
            if (Character.isLetterOrDigit(c) || "/-_~%=&,:;@!".indexOf(c) >= 0) {
                pattern.append((char) c);
            } else if (c > ' ' && c != '"' && c < 0x7f) {
                pattern.append('\\').append((char) c);
            } else {
                pattern.append('.');
            }
        });
        return pattern.toString();
    }

    /** 404: nothing of it was there. 405 is what VCL commonly answers to those who may not. */
    private PurgeReply reply(HttpAnswer answer) {
        return switch (answer.status()) {
            case 404 -> new PurgeReply.Accepted();
            case 405 -> new PurgeReply.Shut(answer.says());
            default -> meaning.of(answer, taken -> new PurgeReply.Accepted());
        };
    }

    @Override
    public void close() {
        caller.close();
    }
}
