package dev.freshet.rules.yaml;

import dev.freshet.rules.RowPut;
import dev.freshet.rules.expression.Template;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one item of {@code put}. */
final class PutReader {
    private enum As {
        STRING,
        JSON,
        HASH
    }

    private static final Kind<As> AS =
            Kind.words(Map.of("string", As.STRING, "json", As.JSON, "hash", As.HASH), Set.of("set", "sorted_set"));

    private static final String[] LATER = {
        "merge", "member", "score", "query", "rows", "tags", "expire_at", "for_each", "when"
    };

    private final KeyReader keys;
    private final RuleTexts texts;
    private final Optional<Ttl> defaultTtl;
    private final Problems problems;

    PutReader(KeyReader keys, RuleTexts texts, Optional<Ttl> defaultTtl, Problems problems) {
        this.keys = keys;
        this.texts = texts;
        this.defaultTtl = defaultTtl;
        this.problems = problems;
    }

    /** Empty where it cannot be used, which is reported. */
    Optional<RowPut> read(Section put) {
        Optional<Template> key =
                put.requiredNode("key").flatMap(node -> keys.put(node, !put.has("member", "score", "merge")));
        Optional<As> as = put.required("as", AS);
        put.notSupported(LATER);
        Optional<Node> value = put.has("query", "member") ? put.node("value") : put.requiredNode("value");
        Optional<Node> except = put.node("except");
        Optional<RowPut.Form> form = as.flatMap(known -> value.flatMap(node -> form(known, node, except)));
        Optional<Duration> ttl = ttl(put);
        put.finish();
        return key.flatMap(name -> form.map(content -> new RowPut(name, content, ttl)));
    }

    private Optional<RowPut.Form> form(As as, Node value, Optional<Node> except) {
        ValueReader values = new ValueReader(texts, problems);
        return switch (as) {
            case STRING -> {
                except.ifPresent(values::exceptWithoutAll);
                yield values.text(value).map(RowPut.Form.AsString::new);
            }
            case JSON -> values.whole(value, except).map(RowPut.Form.AsJson::new);
            case HASH -> values.whole(value, except).map(RowPut.Form.AsHash::new);
        };
    }

    private Optional<Duration> ttl(Section put) {
        boolean stated = put.has("ttl") || put.has("expire_at");
        Optional<Ttl> ttl = put.optional("ttl", Ttl.KIND).or(() -> stated ? Optional.empty() : defaultTtl);
        if (!stated && defaultTtl.isEmpty()) {
            put.report(
                    Code.NO_TTL,
                    "the entry never expires; say ttl: none if that is meant, ttl: 24h if not, or set defaults.ttl");
        }
        return ttl.flatMap(Ttl::duration);
    }
}
