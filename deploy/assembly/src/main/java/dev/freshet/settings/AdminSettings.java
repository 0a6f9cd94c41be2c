package dev.freshet.settings;

import dev.freshet.rules.yaml.Answer;
import dev.freshet.rules.yaml.Kind;
import dev.freshet.rules.yaml.Section;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where health and metrics are served: {@code admin}.
 *
 * @param listen default 127.0.0.1:8470: seen from this machine only, since nobody is asked for a name there
 */
public record AdminSettings(Listen listen) {
    static final AdminSettings DEFAULT = new AdminSettings(new Listen("127.0.0.1", 8470));

    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\s:\\[\\]]+)):([0-9]{1,5})");
    private static final Kind<Listen> LISTEN = AdminSettings::fromText;

    /**
     * An address to listen on.
     *
     * @param host a name or an address, IPv6 without brackets
     * @param port 0 picks a free one
     */
    public record Listen(String host, int port) {
        public Listen {
            Require.that(!host.isEmpty(), "an address has a host");
            Require.that(port >= 0 && port <= 65_535, "a port is 0 to 65535");
        }
    }

    /** Empty where something is wrong, which is reported. */
    static Optional<AdminSettings> read(Section admin) {
        Optional<Listen> listen = admin.optional("listen", LISTEN);
        admin.finish();
        return admin.ifSound(() -> listen.map(AdminSettings::new).orElse(DEFAULT));
    }

    private static Answer<Listen> fromText(String text) {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(3)) > 65_535) {
            return Answer.isNot("host:port, such as 127.0.0.1:8470 (port 0 picks a free one)");
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        return Answer.is(new Listen(host, Integer.parseInt(parts.group(3))));
    }
}
