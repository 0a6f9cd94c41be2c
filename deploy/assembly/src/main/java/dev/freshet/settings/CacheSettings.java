package dev.freshet.settings;

import dev.freshet.rules.OwnKeys;
import dev.freshet.rules.yaml.Answer;
import dev.freshet.rules.yaml.Code;
import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Secret;
import dev.freshet.rules.yaml.Section;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The cache that entries go to: {@code cache}.
 *
 * @param type default {@code valkey}; the three speak one protocol, so it is a matter of names
 * @param address where it is
 * @param user its user; empty: the server's default user
 * @param password of that user; empty where the server asks for none
 * @param prefix put before every key; default none, since a cache of one's own needs none
 */
public record CacheSettings(
        Type type, Address address, Optional<String> user, Optional<Secret> password, String prefix) {
    static final Type DEFAULT_TYPE = Type.VALKEY;
    static final String DEFAULT_PREFIX = "";

    private static final String EXPECTED = "redis://host:port/number or rediss://host:port/number";
    private static final int HIGHEST_NUMBER = 65_535;
    static final Kind<Address> URL = CacheSettings::fromUrl;
    private static final Kind<Type> TYPE = Kind.words(
            Map.of("valkey", Type.VALKEY, "redis", Type.REDIS, "dragonfly", Type.DRAGONFLY), Set.of("memcached"));

    /** Another Freshet in the same cache, without a prefix, keeps its bookkeeping there. */
    private static final Kind<String> PREFIX = Kind.ANY_TEXT.within(
            text -> !OwnKeys.contain(text),
            "a prefix that does not begin with '" + OwnKeys.PREFIX + "', as Freshet's own keys do");

    /** The server's make. */
    public enum Type {
        VALKEY,
        REDIS,
        DRAGONFLY
    }

    /**
     * Where a server is.
     *
     * @param host a name or an address
     * @param port default 6379, the protocol's own
     * @param number of its databases; default 0, the only one a cluster has
     * @param tls whether the connection is encrypted ({@code rediss}); default not, as {@code redis} says
     */
    public record Address(String host, int port, int number, boolean tls) {
        static final int DEFAULT_PORT = 6379;
        static final int DEFAULT_NUMBER = 0;

        /** As a file writes it. */
        @Override
        public String toString() {
            return (tls ? "rediss://" : "redis://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/"
                    + number;
        }

        public Address {
            Require.that(!host.isEmpty(), "a cache has a host");
            Require.that(port >= 1 && port <= 65_535, "a port is 1 to 65535");
            Require.that(number >= 0 && number <= HIGHEST_NUMBER, "a database's number is 0 to " + HIGHEST_NUMBER);
        }
    }

    public CacheSettings {
        Require.that(user.isEmpty() || !user.get().isEmpty(), "a user's name is not empty");
    }

    /** Empty where something is wrong, which is reported. */
    static Optional<CacheSettings> read(Section cache) {
        Optional<Type> type = cache.optional("type", TYPE);
        boolean nodes = cache.notSupportedList("url", "a list of nodes");
        Optional<Address> address = nodes ? Optional.empty() : cache.required("url", URL);
        Optional<String> user = cache.optional("user", Kind.TEXT);
        Optional<Secret> password = cache.optional("password", Kind.SECRET);
        Optional<String> prefix = cache.optional("prefix", PREFIX);
        cache.finish();
        return cache.ifSound(() -> new CacheSettings(
                type.orElse(DEFAULT_TYPE), address.orElseThrow(), user, password, prefix.orElse(DEFAULT_PREFIX)));
    }

    private static Answer<Address> fromUrl(String text) {
        Map<String, Integer> ports = Map.of("redis", Address.DEFAULT_PORT, "rediss", Address.DEFAULT_PORT);
        return Url.parse(text, ports, Set.of("redis-sentinel", "rediss-sentinel"), EXPECTED)
                .then(url -> {
                    if (!url.query().isEmpty()) {
                        return new Answer.Refused<>(Code.BAD_VALUE, "the url has parameters, which mean nothing here");
                    }
                    int number = url.path().isEmpty() ? Address.DEFAULT_NUMBER : number(url.path());
                    return number < 0
                            ? Answer.isNot(EXPECTED)
                            : Answer.is(new Address(
                                    url.host(), url.port(), number, url.scheme().equals("rediss")));
                });
    }

    /** Below zero where the text is no number of a database. */
    private static int number(String text) {
        int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
        return number > HIGHEST_NUMBER ? -1 : number;
    }
}
