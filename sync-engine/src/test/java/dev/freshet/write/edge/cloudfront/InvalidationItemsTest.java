package dev.freshet.write.edge.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.edge.Edge;
import dev.freshet.write.edge.PurgeCall;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InvalidationItemsTest {
    @Test
    void aTagHasASignInFront() {
        assertThat(items(Edge.Kind.TAG, "product-17", "a%3Ab")).containsExactly("#product-17", "#a%3Ab");
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.com/p/17,              /p/17",
        "https://www.example.com/p/17?size=2&x=/a,  /p/17?size=2&x=/a",
        "https://www.example.com/,                  /",
        "https://www.example.com,                   /",
        "https://www.example.com?page=2,            /?page=2",
        "https://www.example.com/p/17#reviews,      /p/17",
        "https://www.example.com/a%20b/c,           /a%20b/c",
        "https://www.example.com/größe,             /gr%C3%B6%C3%9Fe",
        "https://www.example.com/a b[1]|~x,         /a%20b%5B1%5D%7C%7Ex",
    })
    void aUrlIsItsPathAndQueryAsCloudFrontTakesThem(String url, String item) {
        assertThat(items(Edge.Kind.URL, url)).containsExactly(item);
    }

    @Test
    void urlsOfSeveralHostsAreOnePath() {
        assertThat(items(Edge.Kind.URL, "https://www.example.com/p", "https://example.com/p"))
                .containsExactly("/p");
    }

    @Test
    void anAsteriskInAUrlPurgesWhatBeginsSo() {
        assertThat(items(Edge.Kind.URL, "https://www.example.com/p/5*-hotel?x=1"))
                .containsExactly("/p/5*");
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.com/p/,      /p/*",
        "www.example.com/p/,              /p/*",
        "www.example.com/p?size=,         /p?size=*",
        "www.example.com,                 /*",
        "www.example.com/p/#part,         /p/*",
        "www.example.com/5*-hotels/,      /5*",
    })
    void aBeginningIsAWildcard(String beginning, String item) {
        assertThat(items(Edge.Kind.PREFIX, beginning)).containsExactly(item);
    }

    @Test
    void everythingIsOneWildcard() {
        assertThat(items(Edge.Kind.ALL)).containsExactly("/*");
    }

    @Test
    void aTagThatEndsWithAnAsteriskIsNoWildcard() {
        assertThat(Load.of(List.of("#sale*", "/p/17", "/p/*"))).isEqualTo(new Load(2, 1));
    }

    private static List<String> items(Edge.Kind kind, String... names) {
        return InvalidationItems.of(new PurgeCall("c-1", kind, false, List.of(names)));
    }
}
