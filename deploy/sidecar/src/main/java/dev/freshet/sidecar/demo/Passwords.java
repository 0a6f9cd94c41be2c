package dev.freshet.sidecar.demo;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The passwords of one run: other users of the machine can reach its loopback ports too. */
record Passwords(String database, String cache) {
    static Passwords random() {
        var random = new SecureRandom();
        return new Passwords(word(random), word(random));
    }

    private static String word(SecureRandom random) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "***";
    }
}
