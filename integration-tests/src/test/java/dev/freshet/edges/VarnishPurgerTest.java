package dev.freshet.edges;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.servers.edge.EdgeReader;
import dev.freshet.servers.edge.Shop;
import dev.freshet.servers.edge.VarnishServer;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.varnish.VarnishPurger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the table claims of Varnish, with the VCL that users are shown. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class VarnishPurgerTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final PurgeReply ACCEPTED = new PurgeReply.Accepted();

    @AutoClose
    private Shop shop;

    @AutoClose
    private VarnishServer varnish;

    @AutoClose
    private EdgeReader reader;

    @AutoClose
    private VarnishPurger purger;

    @BeforeAll
    void start() {
        shop = new Shop();
        varnish = VarnishServer.before(shop.origin());
        reader = EdgeReader.of(varnish);
        purger = purger(varnish);
    }

    static Stream<Arguments> claims() {
        return EdgeType.VARNISH.kinds().stream()
                .flatMap(kind -> EdgeType.VARNISH.canSoftly(kind)
                        ? Stream.of(Arguments.of(kind, true), Arguments.of(kind, false))
                        : Stream.of(Arguments.of(kind, false)));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void purgesByEveryKindOfName(Edge.Kind kind, boolean soft) throws InterruptedException {
        int pen = shop.product("pen");
        int ink = shop.product("ink");
        var page = "http://red.example/p/%d?view=a%%20b".formatted(pen);
        var other = "http://blue.example/p/" + ink;
        keep(page, other);
        shop.change(pen, "new pen");
        var names = switch (kind) {
            case TAG -> List.of("product-" + pen);
            case URL -> List.of(page);
            case PREFIX -> List.of(page.substring(0, page.indexOf("%")));
            case HOST -> List.of("red.example");
            case ALL -> List.<String>of();
        };

        var reply = purger.purge(new PurgeCall("1", kind, soft, names));

        assertThat(reply).isEqualTo(ACCEPTED);
        if (soft) {
            assertThat(reader.read(page).body()).isEqualTo("pen");
            eventually(SOON, () -> assertThat(reader.read(page).body()).isEqualTo("new pen"));
        } else {
            assertThat(reader.read(page).body()).isEqualTo("new pen");
        }
        assertThat(isKept(other)).isEqualTo(kind != Edge.Kind.ALL);
    }

    @Test
    void purgesAsManyTagsInOneCallAsTheTableSays() throws InterruptedException {
        int first = shop.product("pen");
        int last = shop.product("ink");
        int most = EdgeType.VARNISH.ability(Edge.Kind.TAG).orElseThrow().perCall();
        int length = EdgeType.VARNISH.bytesPerCall() / most - 1;
        var between = IntStream.rangeClosed(3, most).mapToObj(i -> ("%0" + length + "d").formatted(i));
        var names = Stream.of(Stream.of("product-" + first), between, Stream.of("product-" + last))
                .flatMap(tags -> tags)
                .toList();
        keep(page(first), page(last));

        var reply = purger.purge(new PurgeCall("1", Edge.Kind.TAG, false, names));

        assertThat(reply).isEqualTo(ACCEPTED);
        assertThat(names).hasSize(most);
        assertThat(isKept(page(first))).isFalse();
        assertThat(isKept(page(last))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "?a=1.5,   ?a=1.5&b,  ?a=1x5",
        "?a+b,     ?a+b+c,    ?aab",
        "?(a),     ?(a)b,     ?a",
        "?$a*,     ?$a*b,     ?$b",
        "?a%20b,   ?a%20bc,   ?a%20c",
    })
    void aBeginningIsNoPattern(String beginning, String taken, String spared) throws InterruptedException {
        var page = page(shop.product("pen"));
        keep(page + taken, page + spared);

        var reply = purger.purge(new PurgeCall("1", Edge.Kind.PREFIX, false, List.of(page + beginning)));

        assertThat(reply).isEqualTo(ACCEPTED);
        assertThat(isKept(page + taken)).isFalse();
        assertThat(isKept(page + spared)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://red.example,      true",
        "red.example,              true",
        "RED.example:8443,         true",
        "http://red.example.org,   false",
        "'',                       true",
    })
    void aBeginningMayLackSchemeAndHost(String host, boolean takes) throws InterruptedException {
        int pen = shop.product("pen");
        keep(page(pen));

        var reply = purger.purge(new PurgeCall("1", Edge.Kind.PREFIX, false, List.of(host + "/p/" + pen)));

        assertThat(reply).isEqualTo(ACCEPTED);
        assertThat(isKept(page(pen))).isNotEqualTo(takes);
    }

    @Test
    void whatIsNotInTheCacheIsPurgedAsWell() throws InterruptedException {
        for (var kind : EdgeType.VARNISH.kinds()) {
            assertThat(purger.purge(new PurgeCall("1", kind, false, List.of("nothing.example"))))
                    .as(kind.word())
                    .isEqualTo(ACCEPTED);
        }
    }

    @Test
    void aNodeThatIsPausedFailsAndTheSameCallSucceedsLater() throws InterruptedException {
        int pen = shop.product("pen");
        keep(page(pen));
        var call = new PurgeCall("1", Edge.Kind.TAG, false, List.of("product-" + pen));
        varnish.pause();
        try (var impatient = purger(varnish, Configured.impatient(EdgeType.VARNISH, Map.of()))) {
            assertThat(impatient.purge(call)).isInstanceOf(PurgeReply.Failed.class);
        }
        varnish.resume();

        assertThat(purger.purge(call)).isEqualTo(ACCEPTED);
        assertThat(isKept(page(pen))).isFalse();
    }

    @Test
    void aNodeThatIsAwayFails() throws InterruptedException {
        var call = new PurgeCall("1", Edge.Kind.TAG, false, List.of("anything"));
        varnish.kill();
        assertThat(purger.purge(call)).isInstanceOf(PurgeReply.Failed.class);
        varnish.start();

        assertThat(purger.purge(call)).isEqualTo(ACCEPTED);
    }

    @Test
    void aNodeThatLetsNobodyPurgeIsShut(@TempDir Path folder) throws IOException, InterruptedException {
        var example = Files.readString(Path.of("../deploy/examples/varnish/freshet.vcl"));
        var acl = "acl purgers {\n    \"127.0.0.1\";";
        assertThat(example).contains(acl);
        var vcl = Files.writeString(
                folder.resolve("strict.vcl"), example.replace(acl, "acl purgers {\n    \"192.0.2.1\";"));
        try (var strict = VarnishServer.before(shop.origin(), vcl);
                var stranger = purger(strict)) {
            for (var kind : EdgeType.VARNISH.kinds()) {
                assertThat(stranger.purge(new PurgeCall("1", kind, false, List.of("red.example"))))
                        .as(kind.word())
                        .isInstanceOf(PurgeReply.Shut.class);
            }
        }
    }

    private static VarnishPurger purger(VarnishServer node) {
        return purger(node, Configured.edge(EdgeType.VARNISH, Map.of()));
    }

    private static VarnishPurger purger(VarnishServer node, Edge edge) {
        return new VarnishPurger(edge, node.uri().toString(), Clock.systemUTC());
    }

    private static String page(int product) {
        return "http://red.example/p/" + product;
    }

    private void keep(String... urls) {
        for (var url : urls) {
            reader.read(url);
            assertThat(isKept(url)).isTrue();
        }
    }

    private boolean isKept(String url) {
        return reader.read(url).isHit();
    }
}
