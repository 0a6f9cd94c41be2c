package dev.freshet.rules.edge;

import static dev.freshet.rules.edge.Capabilities.HEADER;
import static dev.freshet.rules.edge.Capabilities.KB;
import static dev.freshet.rules.edge.Capabilities.calls;
import static dev.freshet.rules.edge.Capabilities.names;

import dev.freshet.rules.edge.EdgeKey.Form;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A make of edge: what it can, what its provider takes, and what a file must say of it. Files are checked by this table, purges are
 * paced by it, {@code freshet edges} prints it and the documentation holds it.
 *
 * <p>Another make is a constant here and an adapter beside the others.
 */
@SuppressWarnings("ImmutableEnumChecker") // once the table is made its lines are only read
public enum EdgeType {
    FASTLY(new Capabilities()
            .tags(new TagHeader("Surrogate-Key", " ", 16 * KB))
            .can(Edge.Kind.TAG, Ability.softOrHard(256))
            .can(Edge.Kind.URL, Ability.softOrHard(1))
            .can(Edge.Kind.ALL, Ability.hard(1))
            .gathers(Duration.ofMillis(50))
            .callsUnderWay(4)
            // Purges of keys and URLs do not count against the limit of 1,000 calls an hour; purges of everything do.
            .rate(calls("all", 60, 16), Edge.Kind.ALL)
            .required("service", new Form.Text(), "the service's id")
            .required("token", new Form.Hidden(), "an API token with the scopes purge_select and purge_all")
            .api("https://api.fastly.com")),

    CLOUDFLARE(new Capabilities()
            .tags(new TagHeader(Optional.of("Cache-Tag"), ",", 16 * KB, TagHeader.ANY, 1_024, true))
            .can(Edge.Kind.TAG, Ability.hard(100))
            .can(Edge.Kind.URL, Ability.hard(100))
            .can(Edge.Kind.PREFIX, Ability.hard(100))
            .can(Edge.Kind.HOST, Ability.hard(100))
            .can(Edge.Kind.ALL, Ability.hard(1))
            .gathers(Duration.ofMillis(200))
            // A token may make 1,200 calls of any kind in five minutes, or it is shut out for as long. What the free
            // plan
            // grants is below that but for URLs, what the other plans grant is above.
            .plan(
                    "free",
                    Map.of(
                            calls("calls", 25, 5),
                                    List.of(Edge.Kind.TAG, Edge.Kind.PREFIX, Edge.Kind.HOST, Edge.Kind.ALL),
                            calls("urls", 100, 200), List.of(Edge.Kind.URL)))
            .plan("pro", calls("calls", 25, 235))
            .plan("business", calls("calls", 50, 230))
            .plan("enterprise", calls("calls", 200, 200))
            .required("zone", new Form.Text(), "the zone's id")
            .required("token", new Form.Hidden(), "an API token with the permission Zone / Cache Purge")
            .api("https://api.cloudflare.com/client/v4")),

    CLOUDFRONT(new Capabilities()
            .tags(new TagHeader(Optional.empty(), ",", TagHeader.ANY, 50, 256, true))
            .can(Edge.Kind.TAG, Ability.hard(3_000).needing(HEADER))
            .can(Edge.Kind.URL, Ability.hard(3_000))
            .can(Edge.Kind.PREFIX, Ability.hard(15))
            .can(Edge.Kind.ALL, Ability.hard(1))
            .gathers(Duration.ofSeconds(5))
            // 3,000 paths may be in progress, 15 of them with a wildcard, and each takes up to 25 s.
            .rate(names("paths", 3_000, 7_200), Edge.Kind.TAG, Edge.Kind.URL)
            .rate(names("wildcards", 15, 36), Edge.Kind.PREFIX, Edge.Kind.ALL)
            .charged()
            .required("distribution", new Form.Text(), "the distribution's id")
            .optional(HEADER, new Form.Token(), "the response header that CacheTagConfig names; tags need it")
            .optional("access_key", new Form.Text(), "default: as the AWS SDK finds credentials")
            .optional("secret_key", new Form.Hidden(), "of that access key")
            .optional("session_token", new Form.Hidden(), "of temporary credentials")
            .api("https://cloudfront.amazonaws.com")),

    AKAMAI(new Capabilities()
            .tags(new TagHeader(Optional.of("Edge-Cache-Tag"), ",", 8 * KB, 128, 128, false))
            .can(Edge.Kind.TAG, Ability.softOrHard(500))
            .can(Edge.Kind.URL, Ability.softOrHard(500))
            .can(Edge.Kind.ALL, Ability.softOrHard(1).needing("cpcodes"))
            .gathers(Duration.ofMillis(500))
            .bytesPerCall(50_000 - 500)
            .rate(names("tags", 5_000, 500), Edge.Kind.TAG)
            .rate(names("urls", 10_000, 12_000), Edge.Kind.URL)
            // It counts each CP code, 300 and 30 a minute: enough for thirty of them at a time.
            .rate(calls("cpcodes", 10, 1), Edge.Kind.ALL)
            .required("host", new Form.Text(), "of the API client: akab-....luna.akamaiapis.net")
            .required("client_token", new Form.Hidden(), "of the API client")
            .required("client_secret", new Form.Hidden(), "of the API client")
            .required("access_token", new Form.Hidden(), "of the API client; it needs READ-WRITE for CCU APIs")
            .optional("network", new Form.Word(List.of("production", "staging")), "default production")
            .optional("cpcodes", new Form.Texts(), "the CP codes that are everything")
            .api("https://<host>")),

    BUNNY(new Capabilities()
            .tags(new TagHeader("CDN-Tag", ",", KB))
            .can(Edge.Kind.TAG, Ability.hard(1))
            .can(Edge.Kind.URL, Ability.hard(1))
            .can(Edge.Kind.PREFIX, Ability.hard(1))
            .can(Edge.Kind.ALL, Ability.hard(1))
            .gathers(Duration.ofMillis(100))
            .callsUnderWay(4)
            .rate(names("exact", 120, 300), Edge.Kind.TAG, Edge.Kind.URL)
            .rate(names("wildcards", 20, 30), Edge.Kind.PREFIX, Edge.Kind.ALL)
            .required("zone", new Form.Text(), "the pull zone's id")
            .required("token", new Form.Hidden(), "the account's API key")
            .api("https://api.bunny.net")),

    VARNISH(new Capabilities()
            .tags(new TagHeader("xkey", " ", 8 * KB))
            .can(Edge.Kind.TAG, Ability.softOrHard(100))
            .can(Edge.Kind.URL, Ability.hard(1))
            .can(Edge.Kind.PREFIX, Ability.hard(1))
            .can(Edge.Kind.HOST, Ability.hard(1))
            .can(Edge.Kind.ALL, Ability.hard(1))
            .bytesPerCall(7_000)
            .callsUnderWay(4)
            .nodes()
            .optional("method", new Form.Token(), "of the request that purges; default PURGE")
            .optional("ban_method", new Form.Token(), "of the request that bans; default BAN")
            .optional("tag_header", new Form.Token(), "names tags to purge; default xkey-purge")
            .optional("soft_tag_header", new Form.Token(), "names tags to purge softly; default xkey-softpurge")
            .optional("host_header", new Form.Token(), "names the host of a ban; default ban-host")
            .optional("url_header", new Form.Token(), "is a pattern of URLs to ban; default ban-url")
            .optional(HEADER, new Form.Token(), "of responses; default xkey")
            .headers()),

    NGINX(new Capabilities()
            .can(Edge.Kind.URL, Ability.hard(1))
            .can(Edge.Kind.PREFIX, Ability.hard(1).needing("wildcards"))
            .can(Edge.Kind.ALL, Ability.hard(1).needing("wildcards"))
            .callsUnderWay(4)
            .nodes()
            .optional("method", new Form.Token(), "of the request that purges; default PURGE")
            .optional("path", new Form.Text(), "stands before the URL's path, such as /purge; default nothing")
            .optional(
                    "wildcards",
                    new Form.Word(List.of("true")),
                    "that the module knows a * behind a URL, as its successor does and Debian's release 2.3 does not")
            .headers()),

    SOUIN(new Capabilities()
            .tags(new TagHeader(Optional.of("Surrogate-Key"), ", ", TagHeader.ANY, TagHeader.ANY, 1_024, false))
            .can(Edge.Kind.TAG, Ability.hard(100))
            .can(Edge.Kind.URL, Ability.hard(1))
            .can(Edge.Kind.ALL, Ability.hard(1))
            .bytesPerCall(7_000)
            .nodes()
            .optional("path", new Form.Text(), "of its API; default /souin-api/souin")
            .headers()),

    WEBHOOK(new Capabilities()
            .tags(new TagHeader(Optional.empty(), ",", TagHeader.ANY, TagHeader.ANY, 1_024, false))
            .can(Edge.Kind.TAG, Ability.softOrHard(500))
            .can(Edge.Kind.URL, Ability.softOrHard(500))
            .can(Edge.Kind.PREFIX, Ability.softOrHard(500))
            .can(Edge.Kind.HOST, Ability.softOrHard(500))
            .can(Edge.Kind.ALL, Ability.softOrHard(1))
            .gathers(Duration.ofMillis(50))
            .bytesPerCall(256 * KB)
            .required("url", new Form.Address(), "where batches are posted")
            .optional("secret", new Form.Hidden(), "signs each batch: HMAC-SHA256")
            .optional(HEADER, new Form.Token(), "of responses, in which tags stand")
            .headers());

    private final Capabilities capabilities;

    EdgeType(Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    /** As files say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it can do with names of a kind; empty: nothing. */
    public Optional<Ability> ability(Edge.Kind kind) {
        return Optional.ofNullable(capabilities.abilities().get(kind));
    }

    /** The kinds of names that it knows. */
    public Set<Edge.Kind> kinds() {
        return Arrays.stream(Edge.Kind.values())
                .filter(kind -> ability(kind).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it can leave the old object to be served until the new one is there. */
    public boolean canSoftly(Edge.Kind kind) {
        return ability(kind).filter(Ability::soft).isPresent();
    }

    /** Where it looks for an object's tags; empty where it has none. */
    public Optional<TagHeader> tags() {
        return capabilities.tags();
    }

    /** In bytes. */
    public int longestTag() {
        return tags().map(TagHeader::longestTag).orElse(1_024);
    }

    /** How long a purge waits for others that can go with it, where the file does not say. */
    public Duration gather() {
        return capabilities.gather();
    }

    /** Most calls to its provider at the same time. */
    public int callsUnderWay() {
        return capabilities.callsUnderWay();
    }

    /** Most bytes of names in one call. */
    public int bytesPerCall() {
        return capabilities.bytesPerCall();
    }

    /** Whether its provider takes money for each name. */
    public boolean isCharged() {
        return capabilities.isCharged();
    }

    /** Whether there are several of it, each of which has to be told. */
    public boolean hasNodes() {
        return capabilities.hasNodes();
    }

    /** What can be bought of its provider; the first is the least, and the default. */
    public List<Plan> plans() {
        return capabilities.plans();
    }

    /** What a file may say of it beside what it says of every edge. */
    public List<EdgeKey> keys() {
        return List.copyOf(capabilities.keys());
    }
}
