package dev.freshet.edges;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.servers.edge.EdgeReader;
import dev.freshet.servers.edge.NginxServer;
import dev.freshet.servers.edge.Shop;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.nginx.NginxPurger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Purges of URLs at nginx, with the file that users are shown. Release 2.3 of the module, which Debian has, knows neither prefixes nor
 * everything, so nothing is tried here of what the table says of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class NginxPurgerTest {
    private static final Map<String, String> OPTIONS = Map.of("path", "/purge");
    private static final PurgeReply ACCEPTED = new PurgeReply.Accepted();

    @AutoClose
    private Shop shop;

    @AutoClose
    private NginxServer nginx;

    @AutoClose
    private EdgeReader reader;

    @AutoClose
    private NginxPurger purger;

    @BeforeAll
    void start() {
        shop = new Shop();
        nginx = NginxServer.before(shop.origin());
        reader = EdgeReader.of(nginx);
        purger = purger(nginx);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?view=a%20b", "?to=%2Fp%2F", "?a+b"})
    void purgesAUrlAtItsHost(String query) throws InterruptedException {
        int pen = shop.product("pen");
        var page = "http://red.example/p/%d%s".formatted(pen, query);
        var other = "http://red.example/p/%d?other".formatted(pen);
        var elsewhere = page.replace("red", "blue");
        keep(page, other, elsewhere);
        shop.change(pen, "new pen");

        assertThat(purger.purge(url(page))).isEqualTo(ACCEPTED);

        assertThat(reader.read(page).body()).isEqualTo("new pen");
        assertThat(isKept(other)).isTrue();
        assertThat(isKept(elsewhere)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://red.example", "http://RED.example:8443"})
    void schemeAndPortOfAUrlDoNotMatter(String origin) throws InterruptedException {
        int pen = shop.product("pen");
        var page = "http://red.example/p/" + pen;
        keep(page);

        assertThat(purger.purge(url(origin + "/p/" + pen))).isEqualTo(ACCEPTED);

        assertThat(isKept(page)).isFalse();
    }

    @Test
    void whatIsNotInTheCacheIsPurgedAsWell() throws InterruptedException {
        assertThat(purger.purge(url("http://nothing.example/p/1"))).isEqualTo(ACCEPTED);
    }

    @Test
    void aNodeThatIsAwayFailsAndTheSameCallSucceedsLater() throws InterruptedException {
        int pen = shop.product("pen");
        var page = "http://red.example/p/" + pen;
        keep(page);
        nginx.kill();
        assertThat(purger.purge(url(page))).isInstanceOf(PurgeReply.Failed.class);
        nginx.start();
        assertThat(isKept(page)).isTrue();

        assertThat(purger.purge(url(page))).isEqualTo(ACCEPTED);
        assertThat(isKept(page)).isFalse();
    }

    @Test
    void aNodeThatIsPausedFails() throws InterruptedException {
        nginx.pause();
        try (var impatient = purger(nginx, Configured.impatient(EdgeType.NGINX, OPTIONS))) {
            assertThat(impatient.purge(url("http://red.example/p/1"))).isInstanceOf(PurgeReply.Failed.class);
        }
        nginx.resume();
    }

    @Test
    void aNodeThatLetsNobodyPurgeIsShut(@TempDir Path folder) throws IOException, InterruptedException {
        var example = Files.readString(Path.of("../deploy/examples/nginx/freshet.conf"));
        assertThat(example).contains("allow 127.0.0.1;");
        var conf = Files.writeString(folder.resolve("strict.conf"), example.replace("allow 127.0.0.1;", ""));
        try (var strict = NginxServer.before(shop.origin(), conf);
                var stranger = purger(strict)) {
            assertThat(stranger.purge(url("http://red.example/p/1"))).isInstanceOf(PurgeReply.Shut.class);
        }
    }

    private static NginxPurger purger(NginxServer node) {
        return purger(node, Configured.edge(EdgeType.NGINX, OPTIONS));
    }

    private static NginxPurger purger(NginxServer node, Edge edge) {
        return new NginxPurger(edge, node.uri().toString(), Clock.systemUTC());
    }

    private static PurgeCall url(String url) {
        return new PurgeCall("1", Edge.Kind.URL, false, List.of(url));
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
