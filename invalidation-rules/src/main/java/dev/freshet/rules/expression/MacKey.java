package dev.freshet.rules.expression;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key under which texts get names that nobody without it can guess. Never shown. */
public final class MacKey {
    /** Fewer could be guessed. */
    public static final int LEAST_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHOWN_BYTES = 16;

    private final SecretKeySpec key;

    /** @throws IllegalArgumentException where the UTF-8 of the secret has fewer bytes than {@value #LEAST_BYTES} */
    public MacKey(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LEAST_BYTES) {
            throw new IllegalArgumentException("a key has at least " + LEAST_BYTES + " bytes");
        }
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** The first 16 bytes of the HMAC-SHA-256 of its UTF-8, in hexadecimal. Names are made of it, so it must never change. */
    public String of(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, SHOWN_BYTES);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    /** {@code ***}. */
    @Override
    public String toString() {
        return "***";
    }
}
