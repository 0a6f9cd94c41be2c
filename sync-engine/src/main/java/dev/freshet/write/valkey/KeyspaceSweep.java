package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.plan.Operation;
import dev.freshet.plan.Part;
import dev.freshet.plan.PartPattern;
import dev.freshet.rules.expression.KeyPattern;
import dev.freshet.write.WriteResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Removes what sweeps match, whatever their kinds, in one pass over the whole keyspace. Keys written meanwhile are newer than
 * the sweeps, or older ones that the barrier of {@link Delivery} keeps out.
 */
final class KeyspaceSweep {
    private final ValkeyTarget target;
    private final Link link;
    private final long leaderEpoch;
    private final Clearance clearance;
    private final byte[] prefix;

    KeyspaceSweep(ValkeyTarget target, Link link, long leaderEpoch, Clearance clearance) {
        this.target = target;
        this.link = link;
        this.leaderEpoch = leaderEpoch;
        this.clearance = clearance;
        this.prefix = target.key("");
    }

    /** Stops at the first page that is put off: all of it is repeated then. */
    WriteResult sweep(List<Operation.Scan> sweeps) throws InterruptedException {
        return walk(sweeps).over(link, names -> take(sweeps, names));
    }

    /** One page of the same. */
    Walk.Page sweep(List<Operation.Scan> sweeps, String cursor) throws InterruptedException {
        return walk(sweeps).page(link, cursor, names -> take(sweeps, names));
    }

    private Walk walk(List<Operation.Scan> sweeps) {
        return Walk.overKeys((escaped(target.prefix()) + common(sweeps)).getBytes(UTF_8));
    }

    private WriteResult take(List<Operation.Scan> sweeps, List<byte[]> names) throws InterruptedException {
        WriteResult worst = Outcomes.APPLIED;
        for (byte[] name : names) {
            for (Operation.Scan sweep : sweeps) {
                worst = Outcomes.worse(worst, take(sweep, name));
            }
        }
        return Outcomes.worse(worst, clearance.send());
    }

    /** A glob that matches what any of them matches, and perhaps more. */
    private static String common(List<Operation.Scan> sweeps) {
        return sweeps.size() == 1 && sweeps.getFirst() instanceof Operation.Sweep only
                ? only.pattern().glob()
                : "*";
    }

    private WriteResult take(Operation.Scan sweep, byte[] name) throws InterruptedException {
        return switch (sweep) {
            case Operation.Sweep entries -> {
                entry(name)
                        .filter(entries.pattern()::matches)
                        .ifPresent(key -> clearance.add(EntryWrite.gone(name, fence(entries), List.of())));
                yield Outcomes.APPLIED;
            }
            case Operation.InvalidatePrefix invalidate -> {
                entry(name)
                        .filter(key -> key.startsWith(invalidate.prefix().text()))
                        .ifPresent(key -> clearance.add(EntryWrite.gone(name, outdated(invalidate), List.of())));
                yield Outcomes.APPLIED;
            }
            case Operation.SweepParts parts ->
                entry(name).filter(parts.pattern()::matches).isPresent() ? take(parts, name) : Outcomes.APPLIED;
            case Operation.InvalidateTags invalidate ->
                isTag(name, invalidate.tags()) ? members(name, key -> true, outdated(invalidate)) : Outcomes.APPLIED;
            case Operation.SweepTagged tagged ->
                isTag(name, tagged.tags())
                        ? members(
                                name,
                                key -> entry(key)
                                        .filter(tagged.pattern()::matches)
                                        .isPresent(),
                                fence(tagged))
                        : Outcomes.APPLIED;
        };
    }

    /** Every entry that stands in a tag's index goes, if it may. */
    WriteResult invalidate(Operation.InvalidateTag invalidate) throws InterruptedException {
        return members(target.tagIndex(invalidate.tag()), key -> true, outdated(invalidate));
    }

    private WriteResult members(byte[] index, Function<byte[], Boolean> isMeant, byte[] fence)
            throws InterruptedException {
        return Walk.overSet(index).over(link, keys -> {
            for (byte[] key : keys) {
                if (isMeant.apply(key)) {
                    clearance.add(EntryWrite.gone(key, fence, List.of(index)));
                }
            }
            return clearance.send();
        });
    }

    private WriteResult take(Operation.SweepParts sweep, byte[] key) throws InterruptedException {
        return switch (sweep.parts()) {
            case PartPattern.Fields fields -> {
                clearance.add(EntryWrite.partGone(key, new Part.Fields(fields.names()), fence(sweep)));
                yield Outcomes.APPLIED;
            }
            case PartPattern.Field field -> parts(sweep, key, Walk.overFields(key), field.names(), Part.Field::new);
            case PartPattern.SetMember member ->
                parts(sweep, key, Walk.overSet(key), member.members(), Part.SetMember::new);
            case PartPattern.SortedSetMember member ->
                parts(sweep, key, Walk.overSortedSet(key), member.members(), Part.SortedSetMember::new);
        };
    }

    private WriteResult parts(
            Operation.SweepParts sweep, byte[] key, Walk walk, KeyPattern pattern, Function<String, Part> part)
            throws InterruptedException {
        return walk.over(link, names -> {
            for (byte[] name : names) {
                String text = new String(name, UTF_8);
                if (pattern.matches(text)) {
                    clearance.add(EntryWrite.partGone(key, part.apply(text), fence(sweep)));
                }
            }
            return clearance.send();
        });
    }

    private byte[] fence(Operation.Sweep sweep) {
        return Fence.pack(sweep.version(), leaderEpoch, Fence.State.SWEPT, Fence.owner(sweep.table()));
    }

    private byte[] fence(Operation.SweepTagged sweep) {
        return Fence.pack(sweep.version(), leaderEpoch, Fence.State.SWEPT, Fence.owner(sweep.table()));
    }

    private byte[] fence(Operation.SweepParts sweep) {
        return Fence.pack(sweep.version(), leaderEpoch, Fence.State.PART_SWEPT, Fence.owner(sweep.table()));
    }

    private byte[] outdated(Operation operation) {
        return Fence.pack(operation.version(), leaderEpoch, Fence.State.OUTDATED, "");
    }

    /** A key without the prefix; empty where it is none of the entries' keys. */
    private Optional<String> entry(byte[] key) {
        return beginsWith(key, prefix)
                ? Optional.of(textAfter(key, prefix))
                        .filter(text -> !ValkeyTarget.isOwn(text) && !SlotTags.isFence(key))
                : Optional.empty();
    }

    private boolean isTag(byte[] key, KeyPattern tags) {
        byte[] indexes = target.tagIndexes();
        return beginsWith(key, indexes) && tags.matches(textAfter(key, indexes));
    }

    private static boolean beginsWith(byte[] key, byte[] beginning) {
        return key.length > beginning.length && Arrays.equals(key, 0, beginning.length, beginning, 0, beginning.length);
    }

    private static String textAfter(byte[] key, byte[] beginning) {
        return new String(key, beginning.length, key.length - beginning.length, UTF_8);
    }

    /** The prefix as a glob that matches it alone. */
    private static String escaped(String prefix) {
        return prefix.replaceAll("[\\\\*?\\[\\]^-]", "\\\\$0");
    }
}
