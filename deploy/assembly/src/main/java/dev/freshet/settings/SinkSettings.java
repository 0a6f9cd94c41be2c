package dev.freshet.settings;

import dev.freshet.rules.yaml.NamedSettings;
import dev.freshet.rules.yaml.Problem;
import dev.freshet.rules.yaml.Problems;
import dev.freshet.rules.yaml.Secret;
import dev.freshet.rules.yaml.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a connector of Kafka Connect says besides the rules. Topics, converters and the group are Connect's own to say.
 *
 * @param cache where entries go
 * @param fence its versions
 * @param start where partitions begin that nobody has read; default as of {@link KafkaSettings}
 * @param onGap what is done where records are gone that were not done; default as of {@link KafkaSettings}
 * @param kafka properties of the client by which brokers are asked
 * @param told properties of clients of the broker whose topics are written; default as of {@code kafka}
 * @param announce where others are told of every write; default nowhere, as of {@link SidecarSettings}
 */
public record SinkSettings(
        CacheSettings cache,
        FenceSettings fence,
        KafkaSettings.Start start,
        KafkaSettings.OnGap onGap,
        Map<String, Secret> kafka,
        Optional<Map<String, Secret>> told,
        Optional<AnnounceSettings> announce) {
    private static final List<String> OTHERS = List.of("rules", "schema");
    private static final NamedSettings NAMED = new NamedSettings(Set.of("source.kafka", "kafka"));

    public SinkSettings {
        kafka = Map.copyOf(kafka);
        told = told.map(Map::copyOf);
    }

    /** How the broker is reached whose topics are written. */
    public Map<String, Secret> broker() {
        return told.orElse(kafka);
    }

    /**
     * What came of reading.
     *
     * @param settings empty where there are problems
     * @param problems each with the name of its property as the file of its place
     */
    public record Read(Optional<SinkSettings> settings, List<Problem> problems) {}

    /**
     * Reads properties.
     *
     * @param prefix of their names, as the user wrote them
     * @param named by name without it
     */
    public static Read read(String prefix, Map<String, String> named) {
        Problems problems = new Problems();
        Section top = NAMED.read(prefix, named, problems);
        Optional<CacheSettings> cache = top.requiredSection("cache").flatMap(CacheSettings::read);
        Optional<FenceSettings> fence = top.has("fence")
                ? top.section("fence").flatMap(FenceSettings::read)
                : Optional.of(FenceSettings.DEFAULT);
        Optional<KafkaSettings.OfBrokers> source = top.requiredSection("source").flatMap(KafkaSettings::readOfBrokers);
        Optional<Map<String, Secret>> told = KafkaProperties.optional(top, "kafka");
        Optional<AnnounceSettings> announce = top.section("announce").flatMap(AnnounceSettings::read);
        // Who makes the tasks reads these; here they are only what another name may be meant for.
        OTHERS.stream().filter(other -> !top.has(other)).forEach(top::node);
        top.finish();
        return new Read(
                cache.flatMap(to -> fence.flatMap(versions -> source.map(from ->
                        new SinkSettings(to, versions, from.start(), from.onGap(), from.kafka(), told, announce)))),
                problems.sorted());
    }
}
