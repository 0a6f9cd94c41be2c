package dev.freshet.write.edge.akamai;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** EdgeGrid's signature of a request as it arrived, worked out by its documentation and not by Akamai's library. */
record EdgeGridSignature(String clientSecret) {
    /**
     * In base 64.
     *
     * @param target the path and the query
     * @param authorization the header's value up to the signature
     * @param timestamp as it stands in the header
     */
    String of(String method, String host, String target, byte[] body, String authorization, String timestamp) {
        String hash = method.equals("POST") && body.length > 0 ? base64(sha256(body)) : "";
        String data = String.join("\t", method, "https", host, target, "", hash, authorization);
        return base64(hmac(base64(hmac(clientSecret, timestamp)), data));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    private static byte[] hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
