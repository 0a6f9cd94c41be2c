package dev.freshet.write.edge.cloudfront;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AWS's signature, version 4, of a request as it arrived, worked out by its documentation and not by the SDK. */
record SignatureV4(String secret, String region, String service) {
    /**
     * In hexadecimal.
     *
     * @param time of the request, {@code yyyyMMdd'T'HHmmss'Z'}
     * @param query as it was sent, without the question mark
     * @param signed the headers that are signed, in lower case, in order
     * @param headers by name in lower case
     */
    String of(
            String time,
            String method,
            String path,
            String query,
            List<String> signed,
            Map<String, String> headers,
            byte[] body) {
        String canonical = String.join(
                "\n",
                method,
                path,
                Arrays.stream(query.split("&")).sorted().collect(Collectors.joining("&")),
                signed.stream()
                        .map(name -> name + ":"
                                + headers.getOrDefault(name, "").strip().replaceAll(" +", " ") + "\n")
                        .collect(Collectors.joining()),
                String.join(";", signed),
                hex(sha256(body)));
        String scope = time.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        String toSign = String.join(
                "\n", "AWS4-HMAC-SHA256", time, scope, hex(sha256(canonical.getBytes(StandardCharsets.UTF_8))));
        return hex(hmac(key, toSign));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
