package dev.freshet.plan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A tag as an edge has it, and as an application writes it into its responses.
 *
 * @param text of {@code A-Z a-z 0-9 . _ - %} alone; never empty
 */
public record EdgeTag(String text) {
    private static final int HASH_BYTES = 16;

    public EdgeTag {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a tag is not empty");
        }
    }

    /**
     * A name as a tag: every byte of its UTF-8 outside {@code A-Za-z0-9._-} percent-encoded; one that is too long becomes its
     * first characters, a hyphen and the first half of the SHA-256 of the whole in hexadecimal digits.
     *
     * @param longest in bytes; more than a hash has
     */
    public static EdgeTag of(String name, int longest) {
        StringBuilder tag = new StringBuilder();
        for (byte each : name.getBytes(UTF_8)) {
            if (isPlain((char) each)) {
                tag.append((char) each);
            } else {
                tag.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        String whole = tag.toString();
        return new EdgeTag(whole.length() <= longest ? whole : shortened(whole, longest));
    }

    private static boolean isPlain(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0;
    }

    private static String shortened(String tag, int longest) {
        int kept = longest - 1 - 2 * HASH_BYTES;
        int split = tag.lastIndexOf('%', kept - 1);
        int end = split >= 0 && split > kept - 3 ? split : kept;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(tag.getBytes(US_ASCII));
            return tag.substring(0, end) + "-" + HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
