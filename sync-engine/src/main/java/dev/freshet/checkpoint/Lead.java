package dev.freshet.checkpoint;

import java.util.HexFormat;

/**
 * Under what a process leads. Of two leads the one of the later source epoch is the later one, then that of the later leader
 * epoch: another server, or a restored one, may count leaders from the beginning.
 *
 * @param sourceEpoch as in {@link dev.freshet.change.Version}
 * @param leaderEpoch unsigned; grows with every process that wins the source
 */
public record Lead(int sourceEpoch, long leaderEpoch) {
    /** 24 hexadecimal digits; later leads are greater. */
    public String text() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(sourceEpoch) + hex.toHexDigits(leaderEpoch);
    }
}
