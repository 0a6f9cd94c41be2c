package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.cluster.SlotHash;
import java.util.Arrays;

/**
 * One short hash tag for each of a cluster's slots, and the names of fences made of them: {@code {tag}key} is always in the
 * slot of {@code key}, also for keys that hold braces themselves.
 *
 * <p>The tag of a slot is the first that falls into it when all texts of digits, upper and lower case letters are taken
 * by length and then in that order. Fences of an earlier run are found by the same names, so the table never changes.
 */
final class SlotTags {
    private static final byte[] ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".getBytes(US_ASCII);
    private static final byte[][] TAGS = tags();

    private SlotTags() {}

    /** The name of the fence of a key. */
    static byte[] fenceOf(byte[] key) {
        byte[] tag = TAGS[SlotHash.getSlot(key)];
        byte[] fence = Arrays.copyOf(tag, tag.length + key.length);
        System.arraycopy(key, 0, fence, tag.length, key.length);
        return fence;
    }

    /** Whether a name is that of a fence. */
    static boolean isFence(byte[] name) {
        if (name.length < 4 || name[0] != '{') {
            return false;
        }
        byte[] tag = TAGS[SlotHash.getSlot(name)];
        return name.length > tag.length
                && Arrays.equals(name, 0, tag.length, tag, 0, tag.length)
                && SlotHash.getSlot(Arrays.copyOfRange(name, tag.length, name.length)) == SlotHash.getSlot(name);
    }

    private static byte[][] tags() {
        byte[][] tags = new byte[SlotHash.SLOT_COUNT][];
        int missing = tags.length;
        for (int number = 0; missing > 0; number++) {
            byte[] tag = tag(number);
            int slot = SlotHash.getSlot(tag);
            if (tags[slot] == null) {
                tags[slot] = tag;
                missing--;
            }
        }
        return tags;
    }

    /** The text at a place of the order, in braces: 0 to 9, A to Z, a to z, 00, 01 and so on. */
    private static byte[] tag(int number) {
        int length = 1;
        int rest = number;
        for (int texts = ALPHABET.length; rest >= texts; texts *= ALPHABET.length) {
            rest -= texts;
            length++;
        }
        byte[] tag = new byte[length + 2];
        tag[0] = '{';
        tag[length + 1] = '}';
        for (int i = length; i > 0; i--) {
            tag[i] = ALPHABET[rest % ALPHABET.length];
            rest /= ALPHABET.length;
        }
        return tag;
    }
}
