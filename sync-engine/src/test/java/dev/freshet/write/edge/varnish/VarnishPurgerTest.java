package dev.freshet.write.edge.varnish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rules.edge.Edge;
import dev.freshet.rules.edge.EdgeOption;
import dev.freshet.rules.edge.EdgeType;
import dev.freshet.write.edge.EdgePurger;
import dev.freshet.write.edge.PurgeCall;
import dev.freshet.write.edge.PurgeReply;
import dev.freshet.write.edge.PurgerContract;
import dev.freshet.write.edge.ScriptedProvider;
import dev.freshet.write.edge.TestEdge;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Its server plays the VCL that the documentation gives; a real Varnish runs that elsewhere. */
final class VarnishPurgerTest extends PurgerContract {
    VarnishPurgerTest() {
        super(EdgeType.VARNISH);
    }

    @Override
    protected ScriptedProvider newProvider() {
        return new ScriptedVarnish(SECRET);
    }

    @Override
    protected Map<String, EdgeOption> options(URI server, String secret) {
        return Map.of("headers", new EdgeOption.Members(TestEdge.texts("X-Purge-Key", secret)));
    }

    @Override
    protected EdgePurger purger(Edge edge, URI server) {
        return new VarnishPurger(edge, server.toString(), CLOCK);
    }

    @Test
    void namesOfMethodsAndHeadersAreTheFiles() throws Exception {
        Map<String, EdgeOption> options = TestEdge.texts(
                "method", "FORGET",
                "ban_method", "FORBID",
                "tag_header", "X-Tags",
                "soft_tag_header", "X-Soft-Tags",
                "host_header", "X-Host",
                "url_header", "X-Url");
        answerEverything(ScriptedProvider.empty(200));
        reply(options, new PurgeCall("1", Edge.Kind.TAG, false, List.of("a", "b")));
        assertThat(sent()).startsWith("FORGET / ").contains("X-Tags: a b\n");
        reply(options, new PurgeCall("2", Edge.Kind.TAG, true, List.of("a")));
        assertThat(sent()).startsWith("FORGET / ").contains("X-Soft-Tags: a\n");
        reply(options, new PurgeCall("3", Edge.Kind.PREFIX, false, List.of("shop.example/a.b")));
        assertThat(sent()).startsWith("FORBID / ").contains("X-Host: shop.example\n", "X-Url: ^/a\\.b\n");
    }

    @Test
    void whatMeansSomethingInAPatternStandsForItself() throws Exception {
        answerEverything(ScriptedProvider.empty(200));
        reply(new PurgeCall("1", Edge.Kind.PREFIX, false, List.of("https://Shop.example:8443/a.b/(c)+$d*e?f=%20&g=1")));
        assertThat(sent())
                .contains("ban-host: shop.example:8443\n")
                .contains("ban-url: ^/a\\.b/\\(c\\)\\+\\$d\\*e\\?f=%20&g=1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example/a b",
                "https://shop.example/a\"b",
                "https://shop.example/\u00e4",
                "https:///a",
                "a\n/b"
            })
    void whatNoRequestCanNameIsRefusedAndNotSent(String url) throws Exception {
        assertThat(reply(new PurgeCall("1", Edge.Kind.URL, false, List.of(url))))
                .isInstanceOf(PurgeReply.Refused.class);
        assertThat(reply(new PurgeCall("2", Edge.Kind.PREFIX, false, List.of(url))))
                .isInstanceOf(PurgeReply.Refused.class);
    }

    @Test
    void aHostOfTheFileStandsBehindThatOfAUrl() throws Exception {
        Map<String, EdgeOption> options =
                Map.of("headers", new EdgeOption.Members(TestEdge.texts("host", "purge.internal")));
        answerEverything(ScriptedProvider.empty(200));
        reply(options, new PurgeCall("1", Edge.Kind.URL, false, List.of("https://shop.example/p/17")));
        assertThat(sent()).containsIgnoringCase("host: shop.example\n").doesNotContain("purge.internal");
        reply(options, new PurgeCall("2", Edge.Kind.ALL, false, List.of()));
        assertThat(sent()).containsIgnoringCase("host: purge.internal\n");
    }

    @ParameterizedTest
    @EnumSource(names = {"PREFIX", "HOST", "ALL"})
    void aBanThatFindsNothingWasNotMet(Edge.Kind kind) throws Exception {
        answerEverything(ScriptedProvider.empty(404));
        List<String> names = kind == Edge.Kind.ALL ? List.of() : List.of("shop.example");
        assertThat(reply(new PurgeCall("1", kind, false, names))).isInstanceOf(PurgeReply.Shut.class);
    }

    @Test
    void aPurgeThatFindsNothingIsDone() throws Exception {
        answerEverything(ScriptedProvider.empty(404));
        assertThat(reply(new PurgeCall("1", Edge.Kind.URL, false, List.of("https://shop.example/p/17"))))
                .isEqualTo(new PurgeReply.Accepted());
    }
}
