package dev.freshet.rules.yaml;

import java.net.URI;
import java.net.URISyntaxException;

/** An address that is spoken to over HTTP: {@code http://} or {@code https://}, a host, perhaps a port and a path; no user. */
final class HttpAddress {
    private static final String EXPECTED = "an address such as https://host:port, without query and fragment";

    static final Kind<String> KIND = text -> {
        if (text.indexOf('@') >= 0) {
            return new Answer.Refused<>(
                    Code.PASSWORD_IN_URL,
                    "a user stands in the address, where logs show it; send it in a header: headers: {Authorization: ...}");
        }
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null;
            boolean isPort = uri.getPort() == -1 || (uri.getPort() >= 1 && uri.getPort() <= 65_535);
            return http && plain && isPort && uri.getHost() != null
                    ? Answer.is(text.endsWith("/") ? text.substring(0, text.length() - 1) : text)
                    : Answer.isNot(EXPECTED);
        } catch (URISyntaxException e) {
            return Answer.isNot(EXPECTED);
        }
    };

    private HttpAddress() {}
}
