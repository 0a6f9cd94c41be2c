package dev.freshet.servers.edge;

import static dev.freshet.servers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The VCL that users are shown does what it says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class VarnishServerTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final String ANYWHERE = "http://node.example/";

    @AutoClose
    private Shop shop;

    @AutoClose
    private VarnishServer varnish;

    @AutoClose
    private EdgeReader reader;

    @BeforeAll
    void start() {
        shop = new Shop();
        varnish = VarnishServer.before(shop.origin());
        reader = EdgeReader.of(varnish);
    }

    @AfterEach
    void answerAtOnce() {
        shop.origin().quick();
    }

    @Test
    void whatItFetchedOnceItServesAgain() {
        int pen = shop.product("pen");
        var first = reader.read(page(pen));
        shop.change(pen, "new pen");
        var second = reader.read(page(pen));

        assertThat(first.isHit()).isFalse();
        assertThat(second.isHit()).isTrue();
        assertThat(second.body()).isEqualTo("pen");
    }

    @Test
    void aTagPurgesWhatCarriesItAndNothingElse() {
        int pen = shop.product("pen");
        int ink = shop.product("ink");
        var both = "http://shop.example/p/%d,%d".formatted(ink, pen);
        keep(page(pen), page(ink), both);

        var answer = reader.ask("PURGE", ANYWHERE, "xkey-purge", "product-" + pen);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("xkey-purged")).hasValue("2");
        assertThat(isKept(page(pen))).isFalse();
        assertThat(isKept(both)).isFalse();
        assertThat(isKept(page(ink))).isTrue();
    }

    @Test
    void tagsGoTogetherInOneRequest() {
        int pen = shop.product("pen");
        int ink = shop.product("ink");
        int paper = shop.product("paper");
        keep(page(pen), page(ink), page(paper));

        var answer = reader.ask("PURGE", ANYWHERE, "xkey-purge", "product-%d product-%d".formatted(pen, ink));

        assertThat(answer.header("xkey-purged")).hasValue("2");
        assertThat(isKept(page(pen))).isFalse();
        assertThat(isKept(page(ink))).isFalse();
        assertThat(isKept(page(paper))).isTrue();
    }

    @Test
    void aTagThatNothingCarriesIsNoMistake() {
        var answer = reader.ask("PURGE", ANYWHERE, "xkey-purge", "nothing");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("xkey-purged")).hasValue("0");
    }

    @Test
    void whatWasPurgedSoftlyIsServedUntilTheNewOneIsThere() {
        int pen = shop.product("pen");
        keep(page(pen));
        shop.change(pen, "new pen");
        shop.origin().slow(FOR_EVER);

        var answer = reader.ask("PURGE", ANYWHERE, "xkey-softpurge", "product-" + pen);
        var whileItFetches = reader.read(page(pen));
        shop.origin().quick();

        assertThat(answer.header("xkey-purged")).hasValue("1");
        assertThat(whileItFetches.body()).isEqualTo("pen");
        assertThat(whileItFetches.isHit()).isTrue();
        eventually(SOON, () -> assertThat(reader.read(page(pen)).body()).isEqualTo("new pen"));
        assertThat(isKept(page(pen))).isTrue();
    }

    /** Why rules have {@code again_after}. */
    @Test
    void aPurgeDoesNotReachWhatIsStillBeingFetched() {
        int pen = shop.product("pen");
        int before = shop.origin().requests();
        shop.origin().slow(FOR_EVER);
        var slowRead = CompletableFuture.supplyAsync(() -> reader.read(page(pen)));
        eventually(SOON, () -> assertThat(shop.origin().requests()).isEqualTo(before + 1));
        shop.change(pen, "new pen");

        var answer = reader.ask("PURGE", ANYWHERE, "xkey-purge", "product-" + pen);
        shop.origin().quick();

        assertThat(answer.header("xkey-purged")).hasValue("0");
        assertThat(slowRead.join().body()).isEqualTo("pen");
        assertThat(isKept(page(pen))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://red.example", "http://RED.example", "http://red.example:8443"})
    void aUrlIsPurgedAtItsHost(String host) {
        int pen = shop.product("pen");
        var atRed = "http://red.example/p/%d?view=a%%20b".formatted(pen);
        var withoutQuery = "http://red.example/p/%d".formatted(pen);
        var atBlue = "http://blue.example/p/%d?view=a%%20b".formatted(pen);
        keep(atRed, withoutQuery, atBlue);

        var answer = reader.ask("PURGE", "%s/p/%d?view=a%%20b".formatted(host, pen));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(isKept(atRed)).isFalse();
        assertThat(isKept(withoutQuery)).isTrue();
        assertThat(isKept(atBlue)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "red.example,             ,  false, false, true",
        "Red.Example:8443,        ,  false, false, true",
        ",            ^/p/\\d+\\?a, false, true,  false",
        "red.example, ^/p/\\d+\\?a, false, true,  true",
        ",            .,             false, false, false",
    })
    void aBanTakesWhatItDescribes(
            @Nullable String host, @Nullable String url, boolean redA, boolean redB, boolean blueA) {
        int pen = shop.product("pen");
        var atRed = "http://red.example/p/%d?a".formatted(pen);
        var otherAtRed = "http://red.example/p/%d?b".formatted(pen);
        var atBlue = "http://blue.example/p/%d?a".formatted(pen);
        keep(atRed, otherAtRed, atBlue);
        var headers = new ArrayList<String>();
        if (host != null) {
            headers.addAll(List.of("ban-host", host));
        }
        if (url != null) {
            headers.addAll(List.of("ban-url", url));
        }

        var answer = reader.ask("BAN", ANYWHERE, headers.toArray(String[]::new));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(isKept(atRed)).isEqualTo(redA);
        assertThat(isKept(otherAtRed)).isEqualTo(redB);
        assertThat(isKept(atBlue)).isEqualTo(blueA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"^/p/(", "^/a b"})
    void aPatternThatIsNoneIsRefused(String pattern) {
        assertThat(reader.ask("BAN", ANYWHERE, "ban-url", pattern).status()).isEqualTo(400);
    }

    @Test
    void aBanOfNothingInParticularIsRefused() {
        assertThat(reader.ask("BAN", ANYWHERE).status()).isEqualTo(400);
    }

    @Test
    void nobodyElsePurges() {
        int pen = shop.product("pen");
        keep(page(pen));
        try (var stranger = EdgeReader.from("127.0.0.2", varnish)) {
            assertThat(stranger.ask("PURGE", page(pen)).status()).isEqualTo(403);
            assertThat(stranger.ask("PURGE", ANYWHERE, "xkey-purge", "product-" + pen)
                            .status())
                    .isEqualTo(403);
            assertThat(stranger.ask("PURGE", ANYWHERE, "xkey-softpurge", "product-" + pen)
                            .status())
                    .isEqualTo(403);
            assertThat(stranger.ask("BAN", ANYWHERE, "ban-url", ".").status()).isEqualTo(403);
            assertThat(stranger.read(page(pen)).isHit()).isTrue();
        }
    }

    @Test
    void readersSeeNoTags() {
        var answer = reader.read(page(shop.product("pen")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKeys("xkey", "x-host", "x-url");
    }

    @Test
    void aRowThatIsNotThereYetIsPurgedLikeAnyOther() {
        int soon = shop.product("soon") + 1;
        keep(page(soon));
        assertThat(shop.product("there")).isEqualTo(soon);

        reader.ask("PURGE", ANYWHERE, "xkey-purge", "product-" + soon);

        assertThat(reader.read(page(soon)).body()).isEqualTo("there");
    }

    @Test
    void afterAKillItIsEmpty() {
        int pen = shop.product("pen");
        keep(page(pen));
        varnish.kill();
        assertThatThrownBy(() -> reader.read(page(pen))).isInstanceOf(UncheckedIOException.class);
        varnish.start();
        assertThat(isKept(page(pen))).isFalse();
    }

    @Test
    void aPurgeThatFindsItPausedIsDoneOnceItGoesOn() {
        int pen = shop.product("pen");
        keep(page(pen));
        varnish.pause();
        var purge = CompletableFuture.supplyAsync(() -> reader.ask("PURGE", ANYWHERE, "xkey-purge", "product-" + pen));
        varnish.resume();

        assertThat(purge.join().status()).isEqualTo(200);
        assertThat(isKept(page(pen))).isFalse();
    }

    private static String page(int product) {
        return "http://shop.example/p/" + product;
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
