package dev.freshet.servers.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file for nginx that users are shown does what it says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class NginxServerTest {
    @AutoClose
    private Shop shop;

    @AutoClose
    private NginxServer nginx;

    @AutoClose
    private EdgeReader reader;

    @BeforeAll
    void start() {
        shop = new Shop();
        nginx = NginxServer.before(shop.origin());
        reader = EdgeReader.of(nginx);
    }

    @Test
    void whatItFetchedOnceItServesAgain() {
        int pen = shop.product("pen");
        var first = reader.read("http://shop.example/p/" + pen);
        shop.change(pen, "new pen");
        var second = reader.read("http://shop.example/p/" + pen);

        assertThat(first.isHit()).isFalse();
        assertThat(second.isHit()).isTrue();
        assertThat(second.body()).isEqualTo("pen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?view=a%20b", "?to=%2Fp%2F", "?*"})
    void aUrlIsPurgedAtItsHost(String query) {
        int pen = shop.product("pen");
        var page = "/p/%d%s".formatted(pen, query);
        var other = "/p/%d?other".formatted(pen);
        keep("http://red.example" + page, "http://red.example" + other, "http://blue.example" + page);

        var answer = reader.ask("PURGE", "http://red.example/purge" + page);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(isKept("http://red.example" + page)).isFalse();
        assertThat(isKept("http://red.example" + other)).isTrue();
        assertThat(isKept("http://blue.example" + page)).isTrue();
    }

    @Test
    void aPathIsTakenAsItWasSent() {
        int pen = shop.product("pen");
        var page = "/p/%d,%%2B,a%%20b".formatted(pen);
        keep("http://red.example" + page);

        var answer = reader.ask("PURGE", "http://red.example/purge" + page);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(isKept("http://red.example" + page)).isFalse();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(reader.ask("PURGE", "http://red.example/purge/p/nothing").status())
                .isEqualTo(404);
    }

    @Test
    void anObjectHasOneVariantAlone() {
        var page = "http://red.example/p/" + shop.product("pen");
        reader.ask("GET", page, "Accept-Encoding", "gzip");

        assertThat(isKept(page)).isTrue();
        reader.ask("PURGE", page.replace("/p/", "/purge/p/"));
        assertThat(reader.ask("GET", page, "Accept-Encoding", "gzip").isHit()).isFalse();
    }

    @Test
    void nobodyElsePurges() {
        int pen = shop.product("pen");
        keep("http://red.example/p/" + pen);
        try (var stranger = EdgeReader.from("127.0.0.2", nginx)) {
            assertThat(stranger.ask("PURGE", "http://red.example/purge/p/" + pen)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(isKept("http://red.example/p/" + pen)).isTrue();
    }

    @Test
    void aLinkIsNoPurge() {
        int pen = shop.product("pen");
        keep("http://red.example/p/" + pen);

        assertThat(reader.read("http://red.example/purge/p/" + pen).status()).isEqualTo(405);
        assertThat(isKept("http://red.example/p/" + pen)).isTrue();
    }

    @Test
    void whatItHasOutlivesItsEnd() {
        int pen = shop.product("pen");
        var page = "http://red.example/p/" + pen;
        keep(page);
        nginx.kill();
        assertThatThrownBy(() -> reader.read(page)).isInstanceOf(UncheckedIOException.class);
        shop.change(pen, "new pen");
        nginx.start();
        nginx.restart();

        assertThat(reader.read(page).body()).isEqualTo("pen");
        reader.ask("PURGE", "http://red.example/purge/p/" + pen);
        assertThat(reader.read(page).body()).isEqualTo("new pen");
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
