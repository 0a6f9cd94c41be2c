package dev.freshet.write.edge.http;

import java.net.URI;
import java.net.URISyntaxException;

/** Texts of a file that requests are made of. What is wrong with one is said when an adapter is made, without the text: it may be secret. */
public final class EdgeText {
    private EdgeText() {}

    /**
     * An address of a server, without a slash at its end.
     *
     * @throws IllegalArgumentException where no request can go there
     */
    public static String address(String key, String text) {
        try {
            if (new URI(text).getHost() != null) {
                return text.replaceFirst("/+$", "");
            }
        } catch (URISyntaxException broken) {
            // Its message repeats the text.
        }
        throw new IllegalArgumentException(
                key + ": no request can go to this address; a host has letters, digits, dots and hyphens");
    }

    /**
     * What a header carries.
     *
     * @throws IllegalArgumentException where none can
     */
    public static String header(String key, String text) {
        if (!HttpCall.CARRIED.matcher(text).matches()) {
            throw new IllegalArgumentException(key + ": a header carries printable ASCII alone, and no end of a line");
        }
        return text;
    }
}
