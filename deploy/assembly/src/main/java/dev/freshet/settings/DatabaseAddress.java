package dev.freshet.settings;

import dev.freshet.rules.yaml.Answer;
import dev.freshet.rules.yaml.Code;
import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a PostgreSQL is, as {@code url: postgresql://host:port/database?sslmode=...} or in parts, each under a key of its own.
 *
 * @param host a name or an address
 * @param port default 5432, PostgreSQL's own
 * @param database its name
 * @param sslMode default {@code prefer}, libpq's own: encrypted where the server can
 */
public record DatabaseAddress(String host, int port, String database, SslMode sslMode) {
    static final int DEFAULT_PORT = 5432;
    static final SslMode DEFAULT_SSL_MODE = SslMode.PREFER;

    private static final String EXPECTED = "postgresql://host:port/database";
    private static final Kind<SslMode> SSL_MODE = sslModes();
    static final Kind<DatabaseAddress> URL = DatabaseAddress::fromUrl;
    private static final Kind<Integer> PORT = Kind.whole(1, 65_535);

    /** How much a connection proves of its server, in libpq's words. */
    public enum SslMode {
        DISABLE("disable"),
        PREFER("prefer"),
        REQUIRE("require"),
        VERIFY_CA("verify-ca"),
        VERIFY_FULL("verify-full");

        private final String text;

        SslMode(String text) {
            this.text = text;
        }

        /** As libpq and the file write it. */
        public String text() {
            return text;
        }
    }

    public DatabaseAddress {
        Require.that(!host.isEmpty() && !database.isEmpty(), "a database has a host and a name");
        Require.that(port >= 1 && port <= 65_535, "a port is 1 to 65535");
    }

    static Optional<DatabaseAddress> read(Section source) {
        Optional<SslMode> sslMode = source.optional("sslmode", SSL_MODE);
        if (source.has("url") || !source.has("host", "port", "database")) {
            Optional<DatabaseAddress> address = source.required("url", URL);
            source.redundant("the url says this already", "host", "port", "database");
            return address.map(url -> sslMode.map(url::with).orElse(url));
        }
        Optional<String> host = source.required("host", Kind.TEXT);
        Optional<Integer> port = source.optional("port", PORT);
        Optional<String> database = source.required("database", Kind.TEXT);
        return host.flatMap(there -> database.map(
                name -> new DatabaseAddress(there, port.orElse(DEFAULT_PORT), name, sslMode.orElse(DEFAULT_SSL_MODE))));
    }

    private DatabaseAddress with(SslMode other) {
        return new DatabaseAddress(host, port, database, other);
    }

    private static Answer<DatabaseAddress> fromUrl(String text) {
        return Url.parse(text, Map.of("postgresql", DEFAULT_PORT, "postgres", DEFAULT_PORT), Set.of(), EXPECTED)
                .then(url -> {
                    Map<String, String> query = new LinkedHashMap<>(url.query());
                    String mode = query.remove("sslmode");
                    if (!query.isEmpty()) {
                        return new Answer.Refused<>(
                                Code.BAD_VALUE, "the url has parameters that mean nothing here; allowed: sslmode");
                    }
                    return url.path().isEmpty() || url.path().contains("/")
                            ? Answer.isNot(EXPECTED)
                            : SSL_MODE.read(mode == null ? DEFAULT_SSL_MODE.text() : mode)
                                    .map(ssl -> new DatabaseAddress(url.host(), url.port(), url.path(), ssl));
                });
    }

    private static Kind<SslMode> sslModes() {
        Map<String, SslMode> words = new LinkedHashMap<>();
        for (SslMode mode : SslMode.values()) {
            words.put(mode.text(), mode);
        }
        return Kind.words(words, Set.of());
    }
}
