package dev.freshet.write.valkey;

import java.time.Duration;

/**
 * What bounds the traffic with one server.
 *
 * @param entriesPerCall entries in one script call
 * @param bytesPerCall a call takes no further entry when it holds this much; one large entry may exceed it
 * @param callsInFlight script calls sent and not yet answered
 * @param bytesInFlight bytes of such calls; one large call may exceed it
 * @param bytesPerEntry a larger entry is rejected; the server's own limit is {@code proto-max-bulk-len}
 * @param connectTimeout for the socket and the handshake, each
 * @param commandTimeout from sending to the reply; after it the connection is given up
 */
public record ValkeyLimits(
        int entriesPerCall,
        int bytesPerCall,
        int callsInFlight,
        long bytesInFlight,
        int bytesPerEntry,
        Duration connectTimeout,
        Duration commandTimeout) {
    public static final ValkeyLimits DEFAULT =
            new ValkeyLimits(64, 256 << 10, 64, 16 << 20, 64 << 20, Duration.ofSeconds(3), Duration.ofSeconds(5));

    public ValkeyLimits {
        if (entriesPerCall < 1 || bytesPerCall < 1 || callsInFlight < 1 || bytesInFlight < 1 || bytesPerEntry < 1) {
            throw new IllegalArgumentException("every limit is at least 1");
        }
        // The reply of a call names the error of each entry; Lua hands back fewer than 8,000 values.
        if (entriesPerCall > 1_000) {
            throw new IllegalArgumentException("a call holds at most 1000 entries, not " + entriesPerCall);
        }
        if (!connectTimeout.isPositive() || !commandTimeout.isPositive()) {
            throw new IllegalArgumentException("timeouts are positive");
        }
    }
}
