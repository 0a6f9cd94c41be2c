package dev.freshet.connector.kafka.connect;

import dev.freshet.assembly.Audience;
import dev.freshet.assembly.GroupWork;
import dev.freshet.connector.kafka.broker.Subscription;
import dev.freshet.connector.kafka.holding.Start;
import dev.freshet.connector.kafka.task.TaskSettings;
import dev.freshet.pipeline.OnGap;
import dev.freshet.plan.OldKeys;
import dev.freshet.rules.yaml.Secret;
import dev.freshet.write.valkey.ValkeyTarget;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which task of which connector it is, and what follows from what Connect knows of it. */
record TaskIdentity(Map<String, String> properties) {
    private static final String GROUP = "consumer.override.group.id";

    TaskIdentity {
        properties = Map.copyOf(properties);
    }

    /** Without the properties: secrets are among them. */
    @Override
    public String toString() {
        return connector() + "-" + number();
    }

    String connector() {
        return properties.getOrDefault("name", "freshet");
    }

    String number() {
        return properties.getOrDefault(SinkProperties.TASK, "0");
    }

    /** The group in which Connect reads for a connector. */
    String group() {
        return properties.getOrDefault(GROUP, "connect-" + connector());
    }

    TaskSettings settings(SinkProperties.Sound sound, ValkeyTarget target) {
        return new TaskSettings(
                group(),
                topics(),
                switch (sound.settings().start()) {
                    case BEGINNING -> Start.BEGINNING;
                    case END -> Start.END;
                },
                sound.catalog(),
                target.patience());
    }

    private Subscription topics() {
        String pattern = properties.getOrDefault("topics.regex", "");
        if (!pattern.isEmpty()) {
            return new Subscription.Matching(Pattern.compile(pattern));
        }
        List<String> names = Arrays.stream(properties.getOrDefault("topics", "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        return new Subscription.Named(names);
    }

    GroupWork.Member member(SinkProperties.Sound sound, ValkeyTarget target) {
        return new GroupWork.Member(
                group(),
                target,
                sound.loaded(),
                sound.catalog(),
                OldKeys.REQUIRED,
                switch (sound.settings().onGap()) {
                    case RESYNC -> OnGap.RESYNC;
                    case STOP -> OnGap.STOP;
                },
                Audience.of(sound.settings()));
    }

    /** Properties of the client by which brokers are asked. */
    static Map<String, String> client(SinkProperties.Sound sound) {
        Map<String, String> client = new HashMap<>();
        for (Map.Entry<String, Secret> each : sound.settings().kafka().entrySet()) {
            client.put(each.getKey(), each.getValue().reveal());
        }
        return client;
    }
}
