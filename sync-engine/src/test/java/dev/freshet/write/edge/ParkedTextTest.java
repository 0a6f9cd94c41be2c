package dev.freshet.write.edge;

import static dev.freshet.write.edge.EdgesOf.escalating;
import static dev.freshet.write.edge.EdgesOf.everything;
import static dev.freshet.write.edge.EdgesOf.purge;
import static dev.freshet.write.edge.EdgesOf.twice;
import static dev.freshet.write.edge.EdgesOf.url;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.plan.EdgeTarget;
import dev.freshet.plan.Operation;
import dev.freshet.rules.edge.EdgeName;
import dev.freshet.write.LaneName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParkedTextTest {
    private static final LaneName SITE = new LaneName(new EdgeName("site"), "");

    static Stream<List<Operation.Purge>> purges() {
        return Stream.of(
                List.of(purge("product-17")),
                List.of(EdgesOf.softly("a%2Cb")),
                List.of(twice("a", Duration.ofMillis(5_001))),
                List.of(url("https://shop.example/p/%C3%BC?a=b")),
                List.of(everything()),
                List.of(purge(new EdgeTarget.Host("shop.example"), false, Optional.empty(), List.of())),
                List.of(purge(new EdgeTarget.UrlPrefix("shop.example/p/"), false, Optional.empty(), List.of())),
                List.of(purge("a"), escalating("a", "b", "*")));
    }

    @ParameterizedTest
    @MethodSource("purges")
    void whatIsWrittenIsReadBack(List<Operation.Purge> wanted) {
        for (LaneName lane : List.of(SITE, new LaneName(SITE.edge(), "http://127.0.0.1:6081"))) {
            ParkedPurge text = ParkedText.write(lane, wanted, "1");

            assertThat(ParkedText.read(text)).contains(new ParkedText.Read(lane, wanted));
        }
    }

    @Test
    void theSameAgainHasTheSameFieldAndAnotherValue() {
        ParkedPurge one = ParkedText.write(SITE, List.of(purge("a")), "1");
        ParkedPurge other = ParkedText.write(SITE, List.of(purge("a")), "2");

        assertThat(other.field()).isEqualTo(one.field());
        assertThat(other.value()).isNotEqualTo(one.value());
        assertThat(ParkedText.write(SITE, List.of(twice("a", Duration.ofSeconds(1))), "1")
                        .field())
                .isNotEqualTo(one.field());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"wanted\":[{}]}", "{\"wanted\":[{\"tag\":\"\"}]}"})
    void whatIsNoSuchTextIsNotRead(String field) {
        ParkedPurge text = ParkedText.write(SITE, List.of(purge("a")), "1");

        assertThat(ParkedText.read(new ParkedPurge(field, text.value()))).isEmpty();
        assertThat(ParkedText.read(new ParkedPurge(text.field(), "yesterday"))).isEmpty();
    }
}
