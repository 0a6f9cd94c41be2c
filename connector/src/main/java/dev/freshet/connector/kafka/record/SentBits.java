package dev.freshet.connector.kafka.record;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** Strings of bits, which Debezium sends as bytes, the last ones first. */
final class SentBits {
    private static final int ANY = Integer.MAX_VALUE;

    private SentBits() {}

    /**
     * Binary digits.
     *
     * @param length how many a column of the type has; the longest possible where it has no bound, and then zeros at the
     *     beginning are lost
     */
    static String text(ByteBuffer sent, int length) {
        BitSet bits = BitSet.valueOf(sent.asReadOnlyBuffer());
        StringBuilder digits = new StringBuilder();
        for (int i = (length == ANY ? bits.length() : length) - 1; i >= 0; i--) {
            digits.append(bits.get(i) ? '1' : '0');
        }
        return digits.toString();
    }
}
