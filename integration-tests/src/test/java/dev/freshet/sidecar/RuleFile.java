package dev.freshet.sidecar;

import dev.freshet.servers.CacheServer;
import dev.freshet.servers.DatabaseServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A configuration that is right for a table {@code public.product (id, name, price)}, until a test changes a part of it.
 *
 * @param source the section's keys besides its type
 * @param cache the section's keys
 * @param listen where health and metrics are
 * @param rules the rules, indented by two
 */
record RuleFile(String source, String cache, String listen, String rules) {
    static final String PRODUCT = """
              product:
                table: public.product
                put:
                  - {key: "product:{id}", as: json, value: [id, name, price], ttl: none}
            """;

    static RuleFile of(DatabaseServer database, CacheServer cache) {
        return of(database.host(), database.port(), database.database(), database.superuser(), database.password())
                .withCache("url: \"%s\"".formatted(cache.uri()));
    }

    private static RuleFile of(String host, int port, String database, String user, String password) {
        return new RuleFile(
                "url: \"postgresql://%s:%d/%s\", user: %s, password: \"%s\""
                        .formatted(host, port, database, user, password),
                "",
                "127.0.0.1:0",
                PRODUCT);
    }

    /** As another user of the same server. */
    RuleFile as(DatabaseServer server, String user, String password) {
        return of(server.host(), server.port(), server.database(), user, password)
                .withCache(cache)
                .withRules(rules);
    }

    RuleFile at(String host, int port, String database, String user, String password) {
        return of(host, port, database, user, password).withCache(cache).withRules(rules);
    }

    RuleFile withoutPassword() {
        return new RuleFile(source.replaceFirst(", password:.*", ""), cache, listen, rules);
    }

    RuleFile withSlot(String slot) {
        return new RuleFile(source + ", slot: %1$s, publication: %1$s".formatted(slot), cache, listen, rules);
    }

    RuleFile withQueryTimeout(String most) {
        return new RuleFile(source + ", query_timeout: " + most, cache, listen, rules);
    }

    RuleFile withReplica(DatabaseServer replica) {
        return new RuleFile(
                source + ", replica: \"" + replica.jdbcUrl().substring("jdbc:".length()) + "\"", cache, listen, rules);
    }

    RuleFile withCache(String keys) {
        return new RuleFile(source, keys, listen, rules);
    }

    RuleFile withListen(String address) {
        return new RuleFile(source, cache, address, rules);
    }

    RuleFile withRules(String others) {
        return new RuleFile(source, cache, listen, others);
    }

    String text() {
        return """
                source: {type: postgresql, %s}
                cache: {%s}
                admin: {listen: "%s"}
                rules:
                %s""".formatted(source, cache, listen, rules);
    }

    /** Writes it; its path is named in messages. */
    Path in(Path folder) {
        try {
            return Files.writeString(folder.resolve("freshet.yaml"), text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
