package dev.freshet.rules.yaml;

import dev.freshet.rules.Lifetime;
import dev.freshet.rules.expression.Use;
import java.util.Optional;

/** Reads {@code ttl} and {@code expire_at} of a put. */
record LifetimeReader(RuleTexts texts, Optional<Ttl> defaultTtl) {
    private static final String INCOMPLETE =
            "rows share this entry, and one that expired would come back with a part of them";

    private static final String FOR_EVER =
            "the entry never expires; say ttl: none if that is meant, ttl: 24h if not, or set defaults.ttl";

    /** Of an entry that one row owns. */
    Lifetime of(Section put) {
        Optional<Ttl> stated = put.optional("ttl", Ttl.KIND);
        Optional<Lifetime> until = put.node("expire_at")
                .flatMap(node -> texts.expression(node, Use.MOMENT))
                .map(Lifetime.Until::new);
        if (put.has("ttl") && put.has("expire_at")) {
            put.redundant("either ttl or expire_at", "expire_at");
        }
        if (!put.has("ttl", "expire_at") && defaultTtl.isEmpty()) {
            put.report(Code.NO_TTL, FOR_EVER);
        }
        Optional<Ttl> ttl = put.has("ttl", "expire_at") ? stated : defaultTtl;
        return until.orElseGet(() -> ttl.map(LifetimeReader::of).orElse(new Lifetime.Unlimited()));
    }

    /** Of an entry that a query fills. */
    Lifetime ofQueried(Section put) {
        put.redundant("no row says when what a query found ends; write ttl", "expire_at");
        Optional<Ttl> stated = put.optional("ttl", Ttl.KIND);
        if (!put.has("ttl") && defaultTtl.isEmpty()) {
            put.report(Code.NO_TTL, FOR_EVER);
        }
        return (put.has("ttl") ? stated : defaultTtl).map(LifetimeReader::of).orElse(new Lifetime.Unlimited());
    }

    private static Lifetime of(Ttl ttl) {
        return ttl.duration().<Lifetime>map(Lifetime.Lasting::new).orElse(new Lifetime.Unlimited());
    }

    /** Of an entry that rows share: it says that it does not expire, whatever the defaults are. */
    Lifetime ofShared(Section put) {
        put.optional("ttl", Ttl.KIND)
                .filter(ttl -> ttl.duration().isPresent())
                .ifPresent(ttl -> put.refuse("ttl", Code.SHARED_ENTRY_EXPIRES, INCOMPLETE + "; write ttl: none"));
        put.refuse("expire_at", Code.SHARED_ENTRY_EXPIRES, INCOMPLETE + "; write ttl: none in its place");
        if (!put.has("ttl", "expire_at")) {
            put.report(Code.SHARED_ENTRY_EXPIRES, INCOMPLETE + "; write ttl: none, also where defaults say so");
        }
        return new Lifetime.Unlimited();
    }
}
