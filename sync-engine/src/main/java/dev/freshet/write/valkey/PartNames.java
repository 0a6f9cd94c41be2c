package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.plan.Part;
import java.nio.ByteBuffer;
import java.util.List;

/** How a part of a shared entry is called: by the script, and in the name of its own fence. */
final class PartNames {
    /** No text of a database holds it, so no entry's fence is called like a part's. */
    private static final byte SEPARATOR = 0;

    private PartNames() {}

    /** The script's letter for what the entry is. */
    static String kind(Part part) {
        return switch (part) {
            case Part.Fields fields -> "F";
            case Part.Field field -> "F";
            case Part.SetMember member -> "M";
            case Part.SortedSetMember member -> "Z";
        };
    }

    /** What the server knows it by: fields or a member. */
    static List<String> names(Part part) {
        return switch (part) {
            case Part.Fields fields -> fields.names();
            case Part.Field field -> List.of(field.name());
            case Part.SetMember member -> List.of(member.text());
            case Part.SortedSetMember member -> List.of(member.text());
        };
    }

    /** In the slot of the entry. */
    static byte[] fenceOf(byte[] key, Part part) {
        return beside(key, kind(part) + part.id());
    }

    /** A name in the slot of the key, and of no other key's; what it begins with tells whose it is. */
    static byte[] beside(byte[] key, String what) {
        byte[] fence = SlotTags.fenceOf(key);
        byte[] name = what.getBytes(UTF_8);
        return ByteBuffer.allocate(fence.length + 1 + name.length)
                .put(fence)
                .put(SEPARATOR)
                .put(name)
                .array();
    }
}
