package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.change.Version;
import dev.freshet.plan.CacheKey;
import dev.freshet.plan.CacheTag;
import dev.freshet.plan.Entry;
import dev.freshet.plan.Expiry;
import dev.freshet.plan.Operation;
import dev.freshet.plan.Part;
import dev.freshet.plan.Share;
import dev.freshet.plan.Tagging;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the write script is told of one operation on an entry or on a part of one. */
final class EntryWrite {
    private static final byte[] FOR_EVER = {'0'};
    /** Far enough, and no overflow in any server. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Instant FARTHEST = Instant.EPOCH.plus(LONGEST.multipliedBy(2));

    private final byte[] key;
    private final byte[] fenceKey;
    private final byte[] fence;
    private final boolean isPut;
    private final List<byte[]> joins;
    private final List<byte[]> leaves;
    private final List<byte[]> values;

    private EntryWrite(
            byte[] key,
            byte[] fenceKey,
            byte[] fence,
            boolean isPut,
            List<byte[]> joins,
            List<byte[]> leaves,
            List<byte[]> values) {
        this.key = key;
        this.fenceKey = fenceKey;
        this.fence = fence;
        this.isPut = isPut;
        this.joins = joins;
        this.leaves = leaves;
        this.values = values;
    }

    byte[] key() {
        return key;
    }

    byte[] fenceKey() {
        return fenceKey;
    }

    byte[] fence() {
        return fence;
    }

    /** Whether a server without memory refuses it. */
    boolean isPut() {
        return isPut;
    }

    /** Tag indexes in which the entry stands from now on. */
    List<byte[]> joins() {
        return joins;
    }

    /** Tag indexes that it leaves. */
    List<byte[]> leaves() {
        return leaves;
    }

    List<byte[]> values() {
        return values;
    }

    /** Of keys, fence and values together. */
    int bytes() {
        int bytes = key.length + fenceKey.length + fence.length;
        for (byte[] value : values) {
            bytes += value.length;
        }
        return bytes;
    }

    static EntryWrite of(Operation.OnEntry operation, ValkeyTarget target, long leaderEpoch) {
        return switch (operation) {
            case Operation.Put put ->
                whole(
                        target,
                        put.key(),
                        Fence.pack(put.version(), leaderEpoch, state(put.entry()), Fence.owner(put.owner())),
                        put.tagging(),
                        values(put.entry(), put.expiry()));
            case Operation.Refresh refresh -> throw new IllegalStateException("nobody asked the database: " + refresh);
            case Operation.PutFound put ->
                whole(
                        target,
                        put.key(),
                        Fence.pack(put.version(), leaderEpoch, stateFound(put.entry()), ""),
                        new Tagging(put.tags(), Set.of()),
                        values(put.entry(), put.expiry()));
            case Operation.RemoveFound remove ->
                gone(
                        target,
                        remove.key(),
                        Fence.pack(remove.version(), leaderEpoch, Fence.State.FOUND_NOTHING, ""),
                        remove.leave());
            case Operation.Remove remove ->
                gone(
                        target,
                        remove.key(),
                        Fence.pack(remove.version(), leaderEpoch, Fence.State.REMOVED, Fence.owner(remove.owner())),
                        remove.leave());
            case Operation.Invalidate invalidate ->
                gone(
                        target,
                        invalidate.key(),
                        Fence.pack(invalidate.version(), leaderEpoch, Fence.State.INVALIDATED, ""),
                        invalidate.leave());
        };
    }

    static EntryWrite of(Operation.OnPart operation, ValkeyTarget target, long leaderEpoch) {
        byte[] key = target.key(operation.key().text());
        Version version = operation.version();
        return switch (operation) {
            case Operation.PutPart put ->
                part(
                        key,
                        put.part(),
                        Fence.pack(version, leaderEpoch, Fence.State.PART, Fence.owner(put.owner())),
                        values(put.share()));
            case Operation.RemovePart remove ->
                partGone(
                        key,
                        remove.part(),
                        Fence.pack(version, leaderEpoch, Fence.State.PART_REMOVED, Fence.owner(remove.owner())));
            case Operation.DropPart drop ->
                partGone(key, drop.part(), Fence.pack(version, leaderEpoch, Fence.State.PART_INVALIDATED, ""));
        };
    }

    /** A key that the server told of goes, by a fence whose state says why. */
    static EntryWrite gone(byte[] key, byte[] fence, List<byte[]> leaves) {
        return new EntryWrite(key, SlotTags.fenceOf(key), fence, false, List.of(), leaves, List.of());
    }

    /** A part of a key that the server told of goes, by a fence whose state says why. */
    static EntryWrite partGone(byte[] key, Part part, byte[] fence) {
        List<byte[]> values = new ArrayList<>();
        values.add(bytes(PartNames.kind(part)));
        PartNames.names(part).forEach(name -> values.add(bytes(name)));
        return new EntryWrite(key, PartNames.fenceOf(key, part), fence, false, List.of(), List.of(), values);
    }

    private static EntryWrite gone(ValkeyTarget target, CacheKey key, byte[] fence, Collection<CacheTag> leaves) {
        return gone(target.key(key.text()), fence, indexes(target, leaves));
    }

    private static EntryWrite whole(
            ValkeyTarget target, CacheKey entry, byte[] fence, Tagging tagging, List<byte[]> values) {
        byte[] key = target.key(entry.text());
        return new EntryWrite(
                key,
                SlotTags.fenceOf(key),
                fence,
                true,
                indexes(target, tagging.join()),
                indexes(target, tagging.leave()),
                values);
    }

    private static EntryWrite part(byte[] key, Part part, byte[] fence, List<byte[]> values) {
        return new EntryWrite(key, PartNames.fenceOf(key, part), fence, true, List.of(), List.of(), values);
    }

    private static List<byte[]> indexes(ValkeyTarget target, Collection<CacheTag> tags) {
        return tags.stream().map(target::tagIndex).toList();
    }

    private static Fence.State state(Entry entry) {
        return switch (entry) {
            case Entry.Text text -> Fence.State.STRING;
            case Entry.Json json -> Fence.State.STRING;
            case Entry.Hash hash -> Fence.State.HASH;
            case Entry.Members members -> throw notOfARow(entry);
            case Entry.Scored scored -> throw notOfARow(entry);
        };
    }

    private static IllegalStateException notOfARow(Entry entry) {
        return new IllegalStateException("no single row makes it: " + entry);
    }

    private static Fence.State stateFound(Entry entry) {
        return switch (entry) {
            case Entry.Text text -> Fence.State.FOUND_STRING;
            case Entry.Json json -> Fence.State.FOUND_STRING;
            case Entry.Hash hash -> Fence.State.FOUND_HASH;
            case Entry.Members members -> Fence.State.FOUND_SET;
            case Entry.Scored scored -> Fence.State.FOUND_SORTED_SET;
        };
    }

    private static List<byte[]> values(Entry entry, Expiry expiry) {
        byte[] life = life(expiry);
        return switch (entry) {
            case Entry.Text(String value) -> List.of(life, bytes(value));
            case Entry.Json json -> List.of(life, json.value().utf8());
            case Entry.Hash(Map<String, String> fields) -> {
                List<byte[]> values = new ArrayList<>(1 + 2 * fields.size());
                values.add(life);
                addFields(fields, values);
                yield values;
            }
            case Entry.Members(Set<String> texts) -> {
                List<byte[]> values = new ArrayList<>(1 + texts.size());
                values.add(life);
                texts.forEach(text -> values.add(bytes(text)));
                yield values;
            }
            case Entry.Scored(Map<String, Double> scores) -> {
                List<byte[]> values = new ArrayList<>(1 + 2 * scores.size());
                values.add(life);
                scores.forEach((text, score) -> {
                    values.add(bytes(score(score)));
                    values.add(bytes(text));
                });
                yield values;
            }
        };
    }

    private static List<byte[]> values(Share share) {
        List<byte[]> values = new ArrayList<>();
        values.add(bytes(PartNames.kind(share.part())));
        switch (share) {
            case Share.Fields(Part.Fields part, Map<String, String> fields) -> {
                List<String> without = new ArrayList<>(part.names());
                without.removeAll(fields.keySet());
                values.add(bytes(Integer.toString(without.size())));
                without.forEach(name -> values.add(bytes(name)));
                addFields(fields, values);
            }
            case Share.Field(Part.Field part, String value) -> {
                values.add(bytes("0"));
                addFields(Map.of(part.name(), value), values);
            }
            case Share.SetMember(Part.SetMember part) -> {
                values.add(bytes("0"));
                values.add(bytes(part.text()));
            }
            case Share.SortedSetMember(Part.SortedSetMember part, double score) -> {
                values.add(bytes("0"));
                values.add(bytes(score(score)));
                values.add(bytes(part.text()));
            }
        }
        return values;
    }

    private static void addFields(Map<String, String> fields, List<byte[]> values) {
        fields.forEach((name, value) -> {
            values.add(bytes(name));
            values.add(bytes(value));
        });
    }

    private static String score(double score) {
        return Double.isInfinite(score) ? (score > 0 ? "+inf" : "-inf") : Double.toString(score);
    }

    private static byte[] life(Expiry expiry) {
        return switch (expiry) {
            case Expiry.Never never -> FOR_EVER;
            case Expiry.After(Duration duration) ->
                bytes(Long.toString(Math.max(1, (duration.compareTo(LONGEST) < 0 ? duration : LONGEST).toMillis())));
            case Expiry.At at -> bytes("@" + millis(at));
        };
    }

    /** A moment before 1970 has passed as well, and one too far for the server is far enough. */
    private static long millis(Expiry.At at) {
        Instant moment = at.moment();
        if (moment.isBefore(Instant.EPOCH)) {
            return 0;
        }
        return (moment.isBefore(FARTHEST) ? moment : FARTHEST).toEpochMilli();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
