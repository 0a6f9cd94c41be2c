package dev.freshet.rules.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/** Text as one segment of a URL's path. */
final class PathSegment {
    /** What RFC 3986 lets stand in a segment besides letters and digits. */
    private static final String PLAIN = "-._~!$&'()*+,;=:@";

    private PathSegment() {}

    /** Every byte of its UTF-8 that a segment cannot hold becomes three characters. */
    static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (byte each : text.getBytes(UTF_8)) {
            char c = (char) (each & 0xFF);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || PLAIN.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return out.toString();
    }
}
