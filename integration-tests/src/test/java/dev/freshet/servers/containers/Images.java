package dev.freshet.servers.containers;

import dev.freshet.servers.CacheRelease;
import dev.freshet.servers.PostgresRelease;

/** The images that servers run from. One that is named by a property must behave as the official one does. */
final class Images {
    private Images() {}

    static String of(PostgresRelease release) {
        return switch (release) {
            case V18 -> System.getProperty("freshet.image.postgresql", "postgres:18");
            case V15 -> System.getProperty("freshet.image.postgresql-15", "postgres:15");
        };
    }

    static String of(CacheRelease release) {
        return switch (release) {
            case VALKEY -> System.getProperty("freshet.image.valkey", "valkey/valkey:8.1");
            case REDIS_6_2 -> System.getProperty("freshet.image.redis", "redis:6.2");
        };
    }
}
