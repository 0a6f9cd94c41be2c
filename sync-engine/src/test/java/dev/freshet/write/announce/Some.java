package dev.freshet.write.announce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.plan.CacheKey;
import dev.freshet.plan.CacheTag;
import dev.freshet.plan.Destination;
import dev.freshet.plan.Entry;
import dev.freshet.plan.Expiry;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Tagging;
import dev.freshet.rules.RuleName;
import dev.freshet.rules.expression.KeyPattern;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Operations in few words. */
final class Some {
    static final RuleName RULE = new RuleName("product");
    static final TableId PRODUCT = new TableId("public", "product");
    static final RowId ROW = new RowId(PRODUCT, "17");
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    static final KeyPattern PATTERN = new KeyPattern("product:*", Pattern.compile("product:[0-9]+"));

    private Some() {}

    static Version version(long position) {
        return new Version(1, 0xab, position, 2);
    }

    static Set<CacheTag> tags(String... tags) {
        return Arrays.stream(tags).map(CacheTag::new).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static Operation put(String key, long version, String... tags) {
        return new Operation.Put(
                RULE,
                version(version),
                NOON,
                new CacheKey(key),
                ROW,
                new Entry.Text("secret"),
                new Expiry.Never(),
                new Tagging(tags(tags), tags("left")));
    }

    static Operation invalidate(String key, long version) {
        return new Operation.Invalidate(RULE, version(version), NOON, new CacheKey(key));
    }

    static Operation toTopic(String topic, String about, String text, long version) {
        return publish(new Destination.Topic(topic, about), text, version);
    }

    static Operation toChannel(String channel, String text, long version) {
        return publish(new Destination.Channel(channel), text, version);
    }

    private static Operation publish(Destination destination, String text, long version) {
        return new Operation.Publish(RULE, version(version), NOON, destination, () -> text.getBytes(UTF_8));
    }

    static Operation.Scan sweep() {
        return new Operation.Sweep(RULE, version(0), NOON, PATTERN, PRODUCT);
    }
}
