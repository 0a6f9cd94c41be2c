package dev.freshet.settings;

import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Section;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where changes come from: {@code source}. */
public sealed interface SourceSettings permits DatabaseSettings, KafkaSettings {
    /** What tells Freshet's own keys in the cache from another one's: the replication slot, or the group. */
    String pipeline();

    /** Empty where something is wrong, which is reported. */
    static Optional<SourceSettings> read(Section source) {
        return switch (source.required("type", Type.KIND).orElse(Type.POSTGRESQL)) {
            case POSTGRESQL -> DatabaseSettings.read(source).map(database -> database);
            case KAFKA -> KafkaSettings.read(source).map(kafka -> kafka);
        };
    }

    /** Each has keys of its own. */
    enum Type {
        POSTGRESQL,
        KAFKA;

        private static final Kind<Type> KIND = Kind.words(
                Map.of("postgresql", POSTGRESQL, "kafka", KAFKA),
                Set.of("mysql", "mariadb", "sqlserver", "oracle", "mongodb"));
    }
}
