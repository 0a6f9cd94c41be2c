package dev.freshet.rules.yaml;

import dev.freshet.rules.expression.CipherKey;
import dev.freshet.rules.expression.Keys;
import dev.freshet.rules.expression.MacKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of one load, and which of them rules use. */
final class KeyRing implements Keys {
    private static final String HMAC = "hmac";
    private static final String ENCRYPT = "encrypt";
    private static final Kind<MacKey> MAC_KEY = text -> {
        try {
            return Answer.is(new MacKey(text));
        } catch (IllegalArgumentException e) {
            return Answer.isNot(
                    "at least " + MacKey.LEAST_BYTES + " characters, such as openssl rand -base64 32 makes");
        }
    };
    private static final Kind<CipherKey> CIPHER_KEY = text -> {
        try {
            return Answer.is(new CipherKey(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return Answer.isNot("the base64 of " + CipherKey.BYTES + " bytes, such as openssl rand -base64 32 makes");
        }
    };

    /** Stand in for keys that are wrong, which is reported: the rules that use them are not at fault. */
    private static final MacKey ANY_MAC_KEY = new MacKey("-".repeat(MacKey.LEAST_BYTES));

    private static final CipherKey ANY_CIPHER_KEY = new CipherKey(new byte[CipherKey.BYTES]);

    private final Optional<MacKey> hmac;
    private final Optional<CipherKey> encrypt;
    private final Map<String, Spot> spots = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();

    private KeyRing(Optional<MacKey> hmac, Optional<CipherKey> encrypt) {
        this.hmac = hmac;
        this.encrypt = encrypt;
    }

    static KeyRing empty() {
        return new KeyRing(Optional.empty(), Optional.empty());
    }

    /** Some keys, for rules of which only the names matter. */
    static KeyRing standingIn() {
        return new KeyRing(Optional.of(ANY_MAC_KEY), Optional.of(ANY_CIPHER_KEY));
    }

    /** Reads {@code keys}; what is wrong is reported. */
    static KeyRing read(Section top) {
        Optional<Section> keys = top.section("keys");
        if (keys.isEmpty()) {
            return top.has("keys") ? standingIn() : empty();
        }
        Section section = keys.get();
        KeyRing ring = new KeyRing(
                section.optional(HMAC, MAC_KEY)
                        .or(() -> section.has(HMAC) ? Optional.of(ANY_MAC_KEY) : Optional.empty()),
                section.optional(ENCRYPT, CIPHER_KEY)
                        .or(() -> section.has(ENCRYPT) ? Optional.of(ANY_CIPHER_KEY) : Optional.empty()));
        section.node(HMAC).ifPresent(node -> ring.spots.put(HMAC, node.spot()));
        section.node(ENCRYPT).ifPresent(node -> ring.spots.put(ENCRYPT, node.spot()));
        section.finish();
        return ring;
    }

    @Override
    public Optional<MacKey> hmac() {
        used.add(HMAC);
        return hmac;
    }

    @Override
    public Optional<CipherKey> encrypt() {
        used.add(ENCRYPT);
        return encrypt;
    }

    void reportUnused(Problems problems) {
        spots.forEach((name, spot) -> {
            if (!used.contains(name)) {
                problems.add(Problem.atName(spot, Code.UNUSED, "no rule uses this key"));
            }
        });
    }

    /** The keys that rules use, by name, as texts that tell them from others and do not give them away. */
    Map<String, String> fingerprints() {
        Map<String, String> fingerprints = new LinkedHashMap<>();
        hmac.filter(key -> used.contains(HMAC)).ifPresent(key -> fingerprints.put("keys.hmac", key.of("freshet")));
        encrypt.filter(key -> used.contains(ENCRYPT))
                .ifPresent(key -> fingerprints.put("keys.encrypt", key.fingerprint()));
        return fingerprints;
    }
}
