package dev.freshet.settings;

import dev.freshet.rules.yaml.Code;
import dev.freshet.rules.yaml.Secret;
import dev.freshet.rules.yaml.Section;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything a sidecar's file says besides its rules.
 *
 * @param source where changes come from
 * @param cache where entries go
 * @param admin where it is watched; default {@link AdminSettings#DEFAULT}, every key of it being optional
 * @param pipeline its limits; default {@link PipelineSettings#DEFAULT}, as above
 * @param fence its versions; default {@link FenceSettings#DEFAULT}, as above
 * @param kafka properties of clients of the broker whose topics it writes; default those of a source that reads topics, since
 *     one broker mostly has both
 * @param announce where others are told of every write; default nowhere, since each message costs and mostly nobody listens
 */
public record SidecarSettings(
        SourceSettings source,
        CacheSettings cache,
        AdminSettings admin,
        PipelineSettings pipeline,
        FenceSettings fence,
        Optional<Map<String, Secret>> kafka,
        Optional<AnnounceSettings> announce) {
    private static final String READ_TOO = "the topic is one of those that source reads; take another one";

    static final String NO_BROKER =
            "no broker is known that has the topic: add kafka: {bootstrap.servers: ...} at the top";

    public SidecarSettings {
        kafka = kafka.map(Map::copyOf);
    }

    /** How the broker is reached whose topics it writes; empty where none is known. */
    public Optional<Map<String, Secret>> broker() {
        return kafka.or(() -> switch (source) {
            case KafkaSettings topics -> Optional.of(topics.kafka());
            case DatabaseSettings database -> Optional.empty();
        });
    }

    /** Empty where something is wrong, which is reported. */
    static Optional<SidecarSettings> read(Section top) {
        Optional<SourceSettings> source = top.requiredSection("source").flatMap(SourceSettings::read);
        Optional<CacheSettings> cache = top.requiredSection("cache").flatMap(CacheSettings::read);
        Optional<AdminSettings> admin = optional(top, "admin", AdminSettings::read, AdminSettings.DEFAULT);
        Optional<PipelineSettings> pipeline =
                optional(top, "pipeline", PipelineSettings::read, PipelineSettings.DEFAULT);
        Optional<FenceSettings> fence = optional(top, "fence", FenceSettings::read, FenceSettings.DEFAULT);
        Optional<Map<String, Secret>> kafka = KafkaProperties.optional(top, "kafka");
        Optional<AnnounceSettings> announce = top.section("announce").flatMap(AnnounceSettings::read);
        Optional<SidecarSettings> settings = source.flatMap(from ->
                cache.flatMap(to -> admin.flatMap(watched -> pipeline.flatMap(limits -> fence.map(
                        versions -> new SidecarSettings(from, to, watched, limits, versions, kafka, announce))))));
        return settings.filter(made -> knowsItsBroker(made, top)).filter(made -> readsNothingOfItsOwn(made, top));
    }

    /** What it announces would come back as a record that says no change. */
    private static boolean readsNothingOfItsOwn(SidecarSettings settings, Section top) {
        boolean reads = settings.kafka().isEmpty()
                && settings.announce().orElse(null) instanceof AnnounceSettings.Topic(String name)
                && settings.source() instanceof KafkaSettings topics
                && topics.reads(name);
        if (reads) {
            top.node("announce").ifPresent(node -> top.reportValue(node, Code.CONFLICTING_KEYS, READ_TOO));
        }
        return !reads;
    }

    private static boolean knowsItsBroker(SidecarSettings settings, Section top) {
        boolean lacks = settings.announce()
                        .filter(AnnounceSettings.Topic.class::isInstance)
                        .isPresent()
                && settings.broker().isEmpty();
        if (lacks) {
            top.node("announce").ifPresent(node -> top.reportValue(node, Code.UNKNOWN_BROKER, NO_BROKER));
        }
        return !lacks;
    }

    private static <T> Optional<T> optional(Section top, String key, Function<Section, Optional<T>> reader, T absent) {
        return top.node(key).isPresent() ? top.section(key).flatMap(reader) : Optional.of(absent);
    }
}
