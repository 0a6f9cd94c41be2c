package dev.freshet.write.valkey;

import com.google.re2j.Pattern;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.plan.CacheKey;
import dev.freshet.plan.Entry;
import dev.freshet.plan.Expiry;
import dev.freshet.plan.Operation;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.expression.KeyPattern;
import java.time.Instant;
import java.util.Map;

/** Operations in few words: a version is a number, a row is its key in the table {@code public.product}. */
final class Operations {
    static final TableId PRODUCT = new TableId("public", "product");
    static final TableId BRAND = new TableId("public", "brand");
    static final String PIPELINE = "freshet";
    static final Expiry FOR_EVER = new Expiry.Never();

    private static final RuleName RULE = new RuleName("product");

    private Operations() {}

    static Version version(long number) {
        return new Version(1, 0, number, 0);
    }

    static RowId row(String key) {
        return new RowId(PRODUCT, key);
    }

    static Operation.Put put(String key, String value, long version, String row) {
        return put(key, new Entry.Text(value), version(version), row(row), FOR_EVER);
    }

    static Operation.Put put(String key, Map<String, String> fields, long version, String row) {
        return put(key, new Entry.Hash(fields), version(version), row(row), FOR_EVER);
    }

    static Operation.Put put(String key, Entry entry, Version version, RowId owner, Expiry expiry) {
        return new Operation.Put(RULE, version, Instant.EPOCH, new CacheKey(key), owner, entry, expiry);
    }

    static Operation.Remove remove(String key, long version, String row) {
        return new Operation.Remove(RULE, version(version), Instant.EPOCH, new CacheKey(key), row(row));
    }

    static Operation.Invalidate invalidate(String key, long version) {
        return new Operation.Invalidate(RULE, version(version), Instant.EPOCH, new CacheKey(key));
    }

    /** Sweeps the keys that begin so, for the table {@code public.product}. */
    static Operation.Sweep sweep(String beginning, long version) {
        KeyPattern pattern = new KeyPattern(beginning + "*", Pattern.compile(Pattern.quote(beginning) + "[0-9]+"));
        return new Operation.Sweep(RULE, version(version), Instant.EPOCH, pattern, PRODUCT);
    }
}
