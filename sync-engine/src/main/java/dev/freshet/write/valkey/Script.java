package dev.freshet.write.valkey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A script that runs in the server, from a resource beside this class.
 *
 * @param text the source; not to be changed
 * @param sha1 the name under which a server knows it once it is loaded
 */
@SuppressWarnings("ArrayRecordComponent") // constants, never compared
record Script(byte[] text, String sha1) {
    static final Script WRITE = load("write.lua");
    static final Script PUBLISH = load("publish.lua");
    static final Script INSPECT = load("inspect.lua");
    static final Script LEAD = load("lead.lua");
    static final Script ANSWERED = load("answered.lua");
    static final Script PARK = load("park.lua");
    static final Script FORGET = load("forget.lua");
    static final Script SENT = load("sent.lua");
    static final Script ACKNOWLEDGED = load("acknowledged.lua");

    private static Script load(String resource) {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + resource);
            }
            byte[] text = in.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
            return new Script(text, HexFormat.of().formatHex(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
