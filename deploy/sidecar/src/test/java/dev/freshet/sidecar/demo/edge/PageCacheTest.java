package dev.freshet.sidecar.demo.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PageCacheTest {
    private static final String PATH = "/p/17";
    private static final Reply UNCHANGED = new Reply(304, Map.of("etag", "\"1\""), "");

    private final AtomicLong now = new AtomicLong();
    private final PageCache cache = new PageCache(2, now::get);

    private static Reply page(String body, String tags) {
        return new Reply(200, Map.of("cache-control", "public, s-maxage=60", "etag", "\"1\"", "xkey", tags), body);
    }

    private Fetch miss(String path) {
        return assertThat(cache.look(path))
                .asInstanceOf(InstanceOfAssertFactories.type(Lookup.Miss.class))
                .actual()
                .fetch();
    }

    private void keep(String path, Reply reply) {
        cache.arrived(miss(path), reply);
    }

    private boolean keeps(String path) {
        return cache.look(path) instanceof Lookup.Hit;
    }

    @Test
    void aPageIsGivenAwayForItsLifetimeAndNoLonger() {
        keep(PATH, page("seventeen", ""));

        now.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(cache.look(PATH))
                .isEqualTo(new Lookup.Hit(new Served(page("seventeen", ""), true, Duration.ofSeconds(59))));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(keeps(PATH)).isFalse();
    }

    @Test
    void theTimeOnTheWayCountsAsAge() {
        var fetch = miss(PATH);
        now.addAndGet(Duration.ofSeconds(60).toNanos());
        cache.arrived(fetch, page("slow", ""));

        assertThat(keeps(PATH)).isFalse();
    }

    @Test
    void aPurgeTakesThePagesWithAnyOfItsTags() {
        keep("/p/17", page("seventeen", "product-17 all"));
        keep("/p/18", page("eighteen", "product-18 all"));

        assertThat(cache.purge(Set.of("product-17", "product-99"))).isEqualTo(1);

        assertThat(keeps("/p/17")).isFalse();
        assertThat(keeps("/p/18")).isTrue();
    }

    @Test
    void aSoftlyPurgedPageIsAskedAfterAndStaysWhereItIsUnchanged() {
        keep(PATH, page("seventeen", "product-17"));

        assertThat(cache.softPurge(Set.of("product-17"))).isEqualTo(1);

        var fetch = miss(PATH);
        assertThat(fetch.etag()).contains("\"1\"");
        cache.arrived(fetch, UNCHANGED);
        assertThat(fetch.answer().join().reply().body()).isEqualTo("seventeen");
        assertThat(keeps(PATH)).isTrue();
    }

    @Test
    void aSoftlyPurgedPageGivesWayToAnother() {
        keep(PATH, page("old", "product-17"));
        cache.softPurge(Set.of("product-17"));

        keep(PATH, page("new", "product-17"));

        assertThat(cache.look(PATH))
                .isEqualTo(new Lookup.Hit(new Served(page("new", "product-17"), true, Duration.ZERO)));
    }

    @Test
    void readersOfOnePageShareOneQuestion() {
        var fetch = miss(PATH);
        var second = cache.look(PATH);
        cache.arrived(fetch, page("seventeen", ""));

        assertThat(second)
                .isInstanceOfSatisfying(
                        Lookup.Join.class,
                        join -> assertThat(join.answer().join().reply().body()).isEqualTo("seventeen"));
    }

    @Test
    void readersOfOtherPagesAskThemselves() {
        miss("/p/17");

        miss("/p/18");
    }

    @Test
    void aPageThatAPurgeOvertookIsNotKept() {
        var fetch = miss(PATH);
        cache.purge(Set.of("product-17"));

        cache.arrived(fetch, page("old", "product-17"));

        assertThat(fetch.answer().join().reply().body()).isEqualTo("old");
        assertThat(keeps(PATH)).isFalse();
    }

    @Test
    void aPageThatASoftPurgeOvertookIsNotKeptEither() {
        var fetch = miss(PATH);
        cache.softPurge(Set.of("product-17"));

        cache.arrived(fetch, page("old", "product-17"));

        assertThat(keeps(PATH)).isFalse();
    }

    @Test
    void aPageThatABanOvertookIsNotKept() {
        var fetch = miss(PATH);
        cache.ban(Pattern.compile("^/"));

        cache.arrived(fetch, page("old", "product-17"));

        assertThat(keeps(PATH)).isFalse();
    }

    @Test
    void aPurgeOfOtherTagsOvertakesNothing() {
        var fetch = miss(PATH);
        cache.purge(Set.of("product-18"));

        cache.arrived(fetch, page("seventeen", "product-17"));

        assertThat(keeps(PATH)).isTrue();
    }

    @Test
    void whoAsksAfterAPurgeDoesNotGetWhatWasAskedForBefore() {
        miss(PATH);
        cache.purge(Set.of("product-17"));

        miss(PATH);
    }

    @Test
    void anOriginThatDoesNotAnswerFailsThoseWhoWaitAndIsAskedAgain() {
        var fetch = miss(PATH);
        var second = cache.look(PATH);
        cache.failed(fetch, new IOException("away"));

        assertThat(second)
                .isInstanceOfSatisfying(
                        Lookup.Join.class, join -> assertThat(join.answer()).isCompletedExceptionally());
        miss(PATH);
    }

    @Test
    void whatIsNotForAllIsNotKept() {
        keep(PATH, new Reply(404, Map.of("cache-control", "no-store"), ""));

        assertThat(keeps(PATH)).isFalse();
    }

    @Test
    void thePageAskedForLongestAgoMakesRoom() {
        keep("/p/1", page("one", ""));
        keep("/p/2", page("two", ""));
        cache.look("/p/1");
        keep("/p/3", page("three", ""));

        assertThat(keeps("/p/2")).isFalse();
        assertThat(keeps("/p/1")).isTrue();
        assertThat(keeps("/p/3")).isTrue();
    }
}
