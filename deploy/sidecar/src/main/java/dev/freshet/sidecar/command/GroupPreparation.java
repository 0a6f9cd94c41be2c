package dev.freshet.sidecar.command;

import dev.freshet.assembly.Audience;
import dev.freshet.assembly.GroupWork;
import dev.freshet.assembly.Target;
import dev.freshet.connector.kafka.broker.Subscription;
import dev.freshet.connector.kafka.group.Conversion;
import dev.freshet.connector.kafka.group.GroupSettings;
import dev.freshet.connector.kafka.holding.Start;
import dev.freshet.pipeline.OnGap;
import dev.freshet.plan.OldKeys;
import dev.freshet.plan.OldRowNeeds;
import dev.freshet.rules.RuleSet;
import dev.freshet.rules.catalog.Catalog;
import dev.freshet.rules.yaml.Loading;
import dev.freshet.rules.yaml.Secret;
import dev.freshet.settings.KafkaSettings;
import dev.freshet.settings.SidecarSettings;
import dev.freshet.write.valkey.ValkeyTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A configuration for a member of a consumer group, and the parts that are made of it.
 *
 * @param loaded the file
 * @param catalog the tables that {@code schema.json} beside the file tells of
 * @param source what is read
 */
record GroupPreparation(Loading.Loaded<SidecarSettings> loaded, Catalog catalog, KafkaSettings source) {
    /** A cache's connection attempt and command, and a broker's answer. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    static GroupPreparation of(ConfigOption config, KafkaSettings source) {
        Catalog catalog = config.schema();
        return new GroupPreparation(config.load(catalog), catalog, source);
    }

    SidecarSettings settings() {
        return loaded.settings();
    }

    RuleSet rules() {
        return loaded.rules();
    }

    ValkeyTarget target() {
        return Target.of(settings());
    }

    Duration pipelinePatience() {
        return LONGEST_WAIT;
    }

    OnGap onGap() {
        return switch (source.onGap()) {
            case RESYNC -> OnGap.RESYNC;
            case STOP -> OnGap.STOP;
        };
    }

    GroupSettings groupSettings() {
        return new GroupSettings(
                source.group(),
                source.pattern()
                        .<Subscription>map(Subscription.Matching::new)
                        .orElseGet(() -> new Subscription.Named(source.topics())),
                revealed(source.kafka()),
                conversion(source.keys()),
                conversion(source.values()),
                switch (source.start()) {
                    case BEGINNING -> Start.BEGINNING;
                    case END -> Start.END;
                },
                switch (source.onUnreadable()) {
                    case STOP -> GroupSettings.OnUnreadable.STOP;
                    case SKIP -> GroupSettings.OnUnreadable.SKIP;
                },
                catalog,
                target().patience());
    }

    private static Conversion conversion(KafkaSettings.Conversion said) {
        return said.converter()
                .<Conversion>map(type -> new Conversion.ByClass(type, revealed(said.properties())))
                .orElseGet(Conversion.Json::new);
    }

    private static Map<String, String> revealed(Map<String, Secret> properties) {
        return properties.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().reveal()));
    }

    GroupWork.Member member(OldKeys oldKeys) {
        return new GroupWork.Member(
                source.pipeline(), target(), loaded, catalog, oldKeys, onGap(), Audience.of(settings()));
    }

    /** What the topics have to send of old rows; as far as the tables are known. */
    List<OldRowNeeds.Need> needs() {
        return OldRowNeeds.of(rules(), catalog);
    }

    /** What {@code run} refuses, a line each. */
    List<String> refusals() {
        List<String> lines = new ArrayList<>();
        conversion(source.keys()).refusal().ifPresent(why -> lines.add("source.keys: " + why));
        conversion(source.values()).refusal().ifPresent(why -> lines.add("source.values: " + why));
        if (rules().ask()) {
            lines.add(
                    "rules with query or for_each ask the database, and source.type kafka has none: leave them to a process"
                            + " whose source.type is postgresql");
        }
        return lines;
    }
}
