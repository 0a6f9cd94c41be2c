package dev.freshet.settings;

import dev.freshet.rules.yaml.Answer;
import dev.freshet.rules.yaml.Code;
import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Node;
import dev.freshet.rules.yaml.Secret;
import dev.freshet.rules.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The topics that changes come from, as Debezium fills them.
 *
 * @param group the consumer group; default {@code freshet}, so that one group a cluster needs to say nothing
 * @param topics by name; empty where {@code pattern} says which
 * @param pattern of topics' whole names; empty where {@code topics} says which
 * @param keys how records' keys are read; default {@code json}, what Connect writes where nobody says otherwise
 * @param values how records' values are read; default as of keys
 * @param start where partitions begin that the group has never read; default {@code beginning}, since an entry that nobody wrote is
 *     found missing by its first reader
 * @param onGap what is done where records are gone that were not done; default {@code resync}, as for a database
 * @param onUnreadable what is done with a record that says no change; default {@code stop}, since a whole topic may be of its kind
 * @param kafka properties of Kafka's clients
 */
public record KafkaSettings(
        String group,
        List<String> topics,
        Optional<Pattern> pattern,
        Conversion keys,
        Conversion values,
        Start start,
        OnGap onGap,
        OnUnreadable onUnreadable,
        Map<String, Secret> kafka)
        implements SourceSettings {
    static final String DEFAULT_GROUP = "freshet";

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    static final Kind<String> TOPIC_NAME = Kind.matching(TOPIC, "a topic's name: 1 to 249 of A-Z a-z 0-9 . _ -");

    private static final Kind<Start> START =
            Kind.words(Map.of("beginning", Start.BEGINNING, "end", Start.END), Set.of());
    private static final Kind<OnGap> ON_GAP = Kind.words(Map.of("resync", OnGap.RESYNC, "stop", OnGap.STOP), Set.of());
    private static final Kind<OnUnreadable> ON_UNREADABLE =
            Kind.words(Map.of("stop", OnUnreadable.STOP, "skip", OnUnreadable.SKIP), Set.of());
    private static final Kind<Conversion> WORD = text -> text.equals("json")
            ? Answer.is(Conversion.JSON)
            : new Answer.Refused<>(
                    Code.BAD_VALUE,
                    "expected json, or any other converter of Kafka Connect by its class: {converter: <class>, <property>: <value>}");

    /** How bytes become values. */
    public record Conversion(Optional<String> converter, Map<String, Secret> properties) {
        static final Conversion JSON = new Conversion(Optional.empty(), Map.of());
    }

    /** What is to be said also where somebody else polls. */
    record OfBrokers(Start start, OnGap onGap, Map<String, Secret> kafka) {}

    /** Where partitions begin that the group has never read. */
    public enum Start {
        BEGINNING,
        END
    }

    /** What is done where records are gone that were not done. */
    public enum OnGap {
        RESYNC,
        STOP
    }

    /** What is done with a record that says no change. */
    public enum OnUnreadable {
        STOP,
        SKIP
    }

    public KafkaSettings {
        Require.that(GROUP.matcher(group).matches(), "a group's name has letters, digits, . _ -");
        Require.that(topics.isEmpty() == pattern.isPresent(), "either topics or a pattern");
        topics = List.copyOf(topics);
        kafka = Map.copyOf(kafka);
    }

    @Override
    public String pipeline() {
        return group;
    }

    /** Empty where something is wrong, which is reported. */
    static Optional<KafkaSettings> read(Section source) {
        Optional<String> group = source.optional("group", Kind.matching(GROUP, "1 to 200 of A-Z a-z 0-9 . _ -"));
        source.oneOf("topics", "pattern");
        List<String> topics = topics(source);
        Optional<Pattern> pattern = source.optional("pattern", Kind.TEXT).flatMap(text -> pattern(text, source));
        Conversion keys = conversion(source, "keys");
        Conversion values = conversion(source, "values");
        Optional<Start> start = source.optional("start", START);
        Optional<OnGap> onGap = source.optional("on_gap", ON_GAP);
        Optional<OnUnreadable> onUnreadable = source.optional("on_unreadable", ON_UNREADABLE);
        Map<String, Secret> kafka = KafkaProperties.required(source, "kafka");
        source.finish();
        return source.ifSound(() -> new KafkaSettings(
                group.orElse(DEFAULT_GROUP),
                topics,
                pattern,
                keys,
                values,
                start.orElse(Start.BEGINNING),
                onGap.orElse(OnGap.RESYNC),
                onUnreadable.orElse(OnUnreadable.STOP),
                kafka));
    }

    /** As {@link #read}, of a source whose records somebody else polls and converts. */
    static Optional<OfBrokers> readOfBrokers(Section source) {
        Optional<Start> start = source.optional("start", START);
        Optional<OnGap> onGap = source.optional("on_gap", ON_GAP);
        Map<String, Secret> kafka = KafkaProperties.required(source, "kafka");
        source.finish();
        return source.ifSound(() -> new OfBrokers(start.orElse(Start.BEGINNING), onGap.orElse(OnGap.RESYNC), kafka));
    }

    private static List<String> topics(Section source) {
        List<String> topics = new ArrayList<>();
        List<Node> items = source.items("topics");
        if (items.isEmpty()) {
            source.node("topics")
                    .ifPresent(node ->
                            source.reportValue(node, Code.BAD_VALUE, "expected a list of topics' names, found none"));
        }
        for (Node item : items) {
            source.scalar(item, TOPIC_NAME).ifPresent(topics::add);
        }
        return topics;
    }

    /** Whether it reads a topic. */
    boolean reads(String topic) {
        return topics.contains(topic)
                || pattern.filter(names -> names.matcher(topic).matches()).isPresent();
    }

    private static Optional<Pattern> pattern(String text, Section source) {
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            source.node("pattern")
                    .ifPresent(node -> source.reportValue(
                            node,
                            Code.BAD_VALUE,
                            "expected a regular expression, found one with: " + e.getDescription()));
            return Optional.empty();
        }
    }

    private static Conversion conversion(Section source, String key) {
        Optional<Node> node = source.node(key);
        if (node.isPresent() && node.get() instanceof Node.Mapping) {
            Map<String, Secret> properties = KafkaProperties.any(source, node);
            Secret converter = properties.remove("converter");
            if (converter == null) {
                source.reportValue(node.get(), Code.MISSING_KEY, "'converter' is missing, the class that reads them");
            }
            return new Conversion(Optional.ofNullable(converter).map(Secret::reveal), properties);
        }
        return source.optional(key, WORD).orElse(Conversion.JSON);
    }
}
