package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.write.TargetAwayException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.protocol.CommandType;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a server gives up where its memory is full.
 *
 * @param policy its {@code maxmemory-policy}, such as {@code allkeys-lru}
 * @param maxMemory in bytes; 0: as much as the machine has
 */
public record Eviction(String policy, long maxMemory) {
    /**
     * Asks the server with INFO, which managed services allow where they forbid CONFIG.
     *
     * @return empty where it does not tell, or may not
     * @throws TargetAwayException where it does not answer, or with another error
     */
    public static Optional<Eviction> of(ValkeyConnection connection) throws TargetAwayException {
        return connection
                .askIfAllowed(Link.command(
                        CommandType.INFO,
                        new ByteArrayOutput<>(ByteArrayCodec.INSTANCE),
                        Link.args().add("memory")))
                .flatMap(info -> read(new String(info, UTF_8)));
    }

    /** Of the text that INFO is answered with. */
    static Optional<Eviction> read(String info) {
        Map<String, String> facts = info.lines()
                .filter(line -> line.indexOf(':') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1).strip(),
                        (one, other) -> other));
        String policy = facts.getOrDefault("maxmemory_policy", "");
        String maxMemory = facts.getOrDefault("maxmemory", "");
        return policy.isEmpty() || !maxMemory.matches("[0-9]{1,18}")
                ? Optional.empty()
                : Optional.of(new Eviction(policy, Long.parseLong(maxMemory)));
    }

    /** Whether every key stays until it expires or is removed. */
    public boolean isOff() {
        return maxMemory == 0 || policy.equals("noeviction");
    }

    /** Whether a key goes as soon as another, however lately it was written, or keys that expire go before all others. */
    public boolean takesFences() {
        return !isOff() && (policy.startsWith("volatile-") || policy.endsWith("-random"));
    }

    /** Whether keys go that never expire. */
    public boolean takesWhatDoesNotExpire() {
        return !isOff() && !policy.startsWith("volatile-");
    }
}
