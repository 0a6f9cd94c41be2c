package dev.freshet.write.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.edge.Edge;
import dev.freshet.write.edge.PurgeCall;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PurgedUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://Shop.Example/a/B?c=D, https, shop.example, /a/B?c=D",
        "HTTP://shop.example:8080, http, shop.example:8080, /",
        "shop.example/a, '', shop.example, /a",
        "shop.example, '', shop.example, /",
        "/a/b, '', '', /a/b",
        "https://shop.example/a#b, https, shop.example, /a",
        "https://shop.example/r?to=https://other.example/, https, shop.example, /r?to=https://other.example/",
        "https://shop.example?a=b, https, shop.example, /?a=b",
        "shop.example/r?to=https://other.example/, '', shop.example, /r?to=https://other.example/",
    })
    void aUrlIsTakenApartAsItIsWritten(String text, String scheme, String host, String path) {
        assertThat(PurgedUrl.of(text)).isEqualTo(new PurgedUrl(scheme, host, path));
    }

    @ParameterizedTest
    @CsvSource({
        "URL, https://shop.example/a%20b, true",
        "URL, https://shop.example/a b, false",
        "URL, https://shop.example/é, false",
        "URL, https://shop.example/100%, false",
        "URL, https:///a, false",
        "PREFIX, shop.example/a, true",
        "PREFIX, /a, true",
        "URL, /a, false",
        "HOST, shop.example:8443, true",
        "HOST, 'shop.example, other.example', false",
        "TAG, product-17, true",
        "TAG, 'a b', false",
        "TAG, 'a,b', false",
    })
    void onlyWhatARequestCanNameIsSent(Edge.Kind kind, String name, boolean isSent) {
        assertThat(SentNames.refusal(new PurgeCall("1", kind, false, List.of(name)))
                        .isEmpty())
                .isEqualTo(isSent);
    }
}
