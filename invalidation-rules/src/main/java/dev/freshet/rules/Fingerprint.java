package dev.freshet.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells texts apart from others without holding them: rules, forms of tables, rows.
 *
 * @param text hexadecimal digits
 */
public record Fingerprint(String text) {
    private static final int BYTES = 16;

    /** Of texts in their order; where one ends and the next begins counts. */
    public static Fingerprint of(List<String> texts) {
        MessageDigest digest = sha256();
        for (String each : texts) {
            byte[] bytes = each.getBytes(UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return new Fingerprint(HexFormat.of().formatHex(digest.digest(), 0, BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
