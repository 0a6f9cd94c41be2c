package dev.freshet.rules.expression;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A key under which texts are written so that nobody without it reads them. Never shown. */
public final class CipherKey {
    /** Of AES-256. */
    public static final int BYTES = 32;

    private static final String FORM = "v1.";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    /** @throws IllegalArgumentException where there are not exactly {@value #BYTES} bytes */
    public CipherKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + bytes.length);
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /**
     * {@code v1.} and the base64url, without padding, of a random nonce of 12 bytes, the AES-256-GCM of its UTF-8, and the
     * tag of 16 bytes; another text each time.
     */
    public String encrypt(String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return FORM + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-256-GCM", e);
        }
    }

    /** The same text for the same key, and of no use to find the key; it tells one key from another. */
    public String fingerprint() {
        return new MacKey(Base64.getEncoder().encodeToString(key.getEncoded())).of("freshet");
    }

    /** {@code ***}. */
    @Override
    public String toString() {
        return "***";
    }
}
