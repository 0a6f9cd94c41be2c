package dev.freshet.write.edge.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One request.
 *
 * @param to absolute, http or https; the connection is made to it
 * @param headers by name, whatever its case; a {@code Host} among them stands in place of that of {@code to}
 * @param body UTF-8; empty: none
 * @param secrets texts that no reason may show
 */
public record HttpCall(String method, URI to, Map<String, String> headers, String body, List<String> secrets) {
    static final Pattern CARRIED = Pattern.compile("[\\x20-\\x7e]*");

    /**
     * @throws IllegalArgumentException where HTTP cannot carry it; what is wrong with it is said, not what it is
     */
    public HttpCall {
        if (to.getHost() == null) {
            throw new IllegalArgumentException("an address without a host");
        }
        headers.forEach((name, value) -> {
            if (!CARRIED.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "the header " + name + " has a value with more than printable ASCII");
            }
        });
        Map<String, String> each = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        each.putAll(headers);
        headers = Collections.unmodifiableMap(each);
        secrets = List.copyOf(secrets);
    }

    public HttpCall(String method, URI to) {
        this(method, to, Map.of(), "", List.of());
    }

    public static HttpCall post(URI to) {
        return new HttpCall("POST", to);
    }

    public HttpCall with(String header, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(header, value);
        return new HttpCall(method, to, more, body, secrets);
    }

    /** A header whose value is a secret. */
    public HttpCall withSecret(String header, String value) {
        return with(header, value).hiding(value);
    }

    /** {@code Authorization: Bearer <token>}. */
    public HttpCall withBearer(String token) {
        return with("Authorization", "Bearer " + token).hiding(token);
    }

    /** Headers that a user chose; their values may be secrets. */
    public HttpCall withSecrets(Map<String, String> more) {
        HttpCall call = this;
        for (Map.Entry<String, String> header : more.entrySet()) {
            call = call.withSecret(header.getKey(), header.getValue());
        }
        return call;
    }

    public HttpCall json(String json) {
        return new HttpCall(method, to, headers, json, secrets).with("Content-Type", "application/json");
    }

    /** With a text that no reason may show. */
    public HttpCall hiding(String secret) {
        List<String> more = new ArrayList<>(secrets);
        more.add(secret);
        return new HttpCall(method, to, headers, body, more);
    }

    /** Where it goes, as reasons say it: the rest may hold secrets. */
    String host() {
        return to.getPort() < 0 ? to.getHost() : to.getHost() + ":" + to.getPort();
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** The method and the host. */
    @Override
    public String toString() {
        return method + " " + host();
    }
}
