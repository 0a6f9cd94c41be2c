package dev.freshet.change;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The place of a change in delivery order. It grows with every change that a source delivers and is the same when the
 * change is delivered again.
 *
 * <p>A change's own log position is not enough: transactions interleave in the log and are delivered by commit, so the
 * commit before comes first.
 *
 * @param epoch grows when log positions may go back (restore, promotion, a snapshot begun anew); unsigned
 * @param commit position of the last commit delivered before this change's transaction, 0 before the first; unsigned
 * @param position the change's own position in the log; unsigned
 * @param ordinal counts the changes that share one position, from 0; unsigned
 */
public record Version(int epoch, long commit, long position, int ordinal) implements Comparable<Version> {
    /** Bytes of {@link #toBytes()}. */
    public static final int LENGTH = 24;

    /** Older than every change of this epoch, newer than all of those before. */
    public static Version beginningOf(int epoch) {
        return new Version(epoch, 0, 0, 0);
    }

    /** Big-endian, so that unsigned byte order is version order. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH)
                .putInt(epoch)
                .putLong(commit)
                .putLong(position)
                .putInt(ordinal)
                .array();
    }

    /**
     * Reads {@link #toBytes()} back.
     *
     * @throws IllegalArgumentException where there are not exactly {@value #LENGTH} bytes
     */
    public static Version fromBytes(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a version has " + LENGTH + " bytes, not " + bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Version(in.getInt(), in.getLong(), in.getLong(), in.getInt());
    }

    @Override
    public int compareTo(Version other) {
        int order = Integer.compareUnsigned(epoch, other.epoch);
        if (order == 0) {
            order = Long.compareUnsigned(commit, other.commit);
        }
        if (order == 0) {
            order = Long.compareUnsigned(position, other.position);
        }
        return order != 0 ? order : Integer.compareUnsigned(ordinal, other.ordinal);
    }

    /** Four hexadecimal parts, for people. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return Integer.toUnsignedString(epoch) + "-" + hex.toHexDigits(commit) + "-" + hex.toHexDigits(position) + "-"
                + Integer.toUnsignedString(ordinal);
    }
}
