package dev.freshet.settings;

import dev.freshet.rules.yaml.Answer;
import dev.freshet.rules.yaml.Code;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A url of a server, without user and password: those have keys of their own, where a variable can stand for them.
 *
 * @param scheme one of those asked for
 * @param host a name or an address, IPv6 without brackets
 * @param port the one given, or the scheme's
 * @param path without the slash it begins with
 * @param query its parameters
 */
record Url(String scheme, String host, int port, String path, Map<String, String> query) {

    /**
     * Reads one.
     *
     * @param ports the schemes allowed, and the port of each
     * @param later schemes of the language that this version does not know yet
     * @param expected how it should look
     */
    static Answer<Url> parse(String text, Map<String, Integer> ports, Set<String> later, String expected) {
        int at = text.lastIndexOf('@');
        if (at >= 0) {
            return userIn(text.substring(0, at));
        }
        if (text.toLowerCase(Locale.ROOT).contains("password=")) {
            return passwordInUrl();
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return Answer.isNot(expected);
        }
        String scheme = uri.getScheme();
        if (scheme != null && later.contains(scheme)) {
            return new Answer.Refused<>(
                    Code.NOT_SUPPORTED, scheme + ":// is not supported by this version; expected " + expected);
        }
        Integer port = scheme == null ? null : ports.get(scheme);
        if (port == null
                || uri.getHost() == null
                || uri.getFragment() != null
                || uri.getPort() > 65_535
                || uri.getPort() == 0) {
            return Answer.isNot(expected);
        }
        String path = uri.getPath().startsWith("/") ? uri.getPath().substring(1) : uri.getPath();
        String host = uri.getHost().replaceAll("^\\[|]$", "");
        return Answer.is(new Url(scheme, host, uri.getPort() < 0 ? port : uri.getPort(), path, query(uri.getQuery())));
    }

    /** Says nothing of the text itself: it may hold a password. */
    private static Answer<Url> userIn(String before) {
        int authority = before.indexOf("://");
        boolean password = before.indexOf(':', authority < 0 ? 0 : authority + 3) >= 0;
        return password
                ? passwordInUrl()
                : new Answer.Refused<>(Code.BAD_VALUE, "a user stands in the url; write it under 'user'");
    }

    private static Answer<Url> passwordInUrl() {
        return new Answer.Refused<>(
                Code.PASSWORD_IN_URL,
                "a password stands in the url, where logs show it; write password: ${env:NAME} or ${file:/path}");
    }

    private static Map<String, String> query(@Nullable String text) {
        Map<String, String> query = new LinkedHashMap<>();
        if (text != null) {
            for (String parameter : text.split("&")) {
                int equals = parameter.indexOf('=');
                query.put(
                        equals < 0 ? parameter : parameter.substring(0, equals),
                        equals < 0 ? "" : parameter.substring(equals + 1));
            }
        }
        return query;
    }
}
