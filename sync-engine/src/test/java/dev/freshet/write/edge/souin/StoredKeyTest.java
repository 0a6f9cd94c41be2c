package dev.freshet.write.edge.souin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.write.edge.http.PurgedUrl;
import java.net.URI;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys as Souin makes them. */
final class StoredKeyTest {
    @ParameterizedTest
    @CsvSource({
        "https://shop.example/p/17, GET-https-shop.example-/p/17",
        "https://shop.example/p/17, GET-http-shop.example-/p/17",
        "https://shop.example/p/17, HEAD-https-shop.example-/p/17",
        "https://shop.example/p/17, IDX_GET-https-shop.example-/p/17",
        "https://shop.example/p/17, GET-https-shop.example-/p/17{-VARY-}Accept-Encoding:gzip;Accept:*/*",
        "https://shop.example:8443/, GET-https-shop.example:8443-/",
        "https://shop.example/p/17?a=b&c=%20, GET-https-shop.example-/p/17?a=b&c=%20",
        "https://shop.example/pen%20and%20ink, GET-https-shop.example-/pen and ink",
        "https://shop.example/%C3%A9%F0%9F%96%8B, GET-https-shop.example-/é🖋",
        "https://shop.example/a+b(c)*$?[d]=%5B, GET-https-shop.example-/a+b(c)*$?[d]=%5B",
    })
    void theKeysOfAUrlAreFound(String url, String key) {
        assertThat(isFound(url, key)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/p/17, GET-https-shop.example-/p/170",
        "https://shop.example/p/17, GET-https-shop.example-/p/17/reviews",
        "https://shop.example/p/17, GET-https-shop.example-/p/17?a=b",
        "https://shop.example/p/17, GET-https-shopxexample-/p/17",
        "https://shop.example/p/17, GET-https-www.shop.example-/p/17",
        "https://shop.example/p/17?a=b, GET-https-shop.example-/p/1a=b",
        "https://shop.example/p/17, SURROGATE_/p/17",
    })
    void thoseOfOthersAreNot(String url, String key) {
        assertThat(isFound(url, key)).isFalse();
    }

    private static boolean isFound(String url, String key) {
        String pattern = StoredKey.patternOf(PurgedUrl.of(url));
        assertThat(URI.create("http://localhost/souin-api/souin/" + pattern)).hasScheme("http");
        return Pattern.compile(pattern).matcher(key).find();
    }
}
