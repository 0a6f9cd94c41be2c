package dev.freshet.settings;

import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Section;
import java.util.List;
import java.util.Optional;

/**
 * Where a process of a file is: what another one must share with it to take its place. Each part is empty where the file does
 * not say it, or says it by a variable that has no value here.
 *
 * @param cache where its entries are
 * @param user as whom it speaks to the cache; empty also where the server's default user does
 * @param password whether the cache asks for one
 * @param prefix what its keys begin with
 * @param slot what it follows the database by, or the group
 */
public record Whereabouts(
        Optional<CacheSettings.Address> cache,
        Optional<String> user,
        boolean password,
        Optional<String> prefix,
        Optional<String> slot) {

    /** Of settings that are known. */
    public static Whereabouts of(SidecarSettings settings) {
        CacheSettings cache = settings.cache();
        return new Whereabouts(
                Optional.of(cache.address()),
                cache.user(),
                cache.password().isPresent(),
                Optional.of(cache.prefix()),
                Optional.of(settings.source().pipeline()));
    }

    /** This one; the other where nothing is known of this one's cache. */
    public Whereabouts or(Whereabouts other) {
        return cache.isEmpty() && prefix.isEmpty() ? other : this;
    }

    /** What is wrong in these settings is reported; others are not read. */
    static Whereabouts read(Section top) {
        List.of("admin", "pipeline", "fence", "kafka", "announce").forEach(top::node);
        Optional<Section> cache = top.section("cache");
        Optional<Section> source = top.section("source");
        cache.ifPresent(CacheSettings::read);
        source.ifPresent(SourceSettings::read);
        return new Whereabouts(
                cache.flatMap(there -> there.optional("url", CacheSettings.URL)),
                cache.flatMap(there -> there.optional("user", Kind.TEXT)),
                cache.filter(there -> there.has("password")).isPresent(),
                cache.flatMap(there -> said(there, "prefix", CacheSettings.DEFAULT_PREFIX)),
                source.flatMap(Whereabouts::pipeline));
    }

    private static Optional<String> pipeline(Section source) {
        return source.has("topics", "pattern", "kafka")
                ? said(source, "group", KafkaSettings.DEFAULT_GROUP)
                : said(source, "slot", DatabaseSettings.DEFAULT_SLOT);
    }

    private static Optional<String> said(Section in, String key, String absent) {
        return in.has(key) ? in.optional(key, Kind.ANY_TEXT) : Optional.of(absent);
    }
}
