package dev.freshet.rules.expression;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32;

/** What the functions on text do. Names of cache entries come out of them, so a result must never change. */
final class TextFunctions {
    private static final int HASH_BYTES = 16;
    private static final int MASK_SHOWS = 4;

    private TextFunctions() {}

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /** Lower-case letters and digits without accents, a hyphen for whatever is between them; other scripts are kept. */
    static String slug(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder slug = new StringBuilder(plain.length());
        boolean gap = false;
        for (int i = 0; i < plain.length(); ) {
            int point = plain.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isLetterOrDigit(point)) {
                if (gap && !slug.isEmpty()) {
                    slug.append('-');
                }
                gap = false;
                slug.append(withoutStroke(Character.toLowerCase(point)));
            } else if (Character.getType(point) != Character.NON_SPACING_MARK) {
                gap = true;
            }
        }
        return slug.toString();
    }

    /** The letters of European languages that Unicode does not take apart. */
    private static String withoutStroke(int letter) {
        return switch (letter) {
            case 'ß' -> "ss";
            case 'æ' -> "ae";
            case 'œ' -> "oe";
            case 'ø' -> "o";
            case 'ł' -> "l";
            case 'đ', 'ð' -> "d";
            case 'þ' -> "th";
            case 'ı' -> "i";
            default -> Character.toString(letter);
        };
    }

    /** The first 16 bytes of the SHA-256 of its UTF-8, in hexadecimal. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The CRC-32 of its UTF-8, modulo {@code count}. */
    static long shard(String text, Object count) {
        if (!(count instanceof Long n) || n < 1) {
            throw new EvaluationException("shard() takes a value and a number of shards, at least 1");
        }
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() % n;
    }

    /** Stars, but for its last quarter, which is at most four characters. */
    static String mask(String text) {
        int length = text.codePointCount(0, text.length());
        int shown = Math.min(MASK_SHOWS, length / MASK_SHOWS);
        return "*".repeat(length - shown) + text.substring(text.offsetByCodePoints(0, length - shown));
    }
}
