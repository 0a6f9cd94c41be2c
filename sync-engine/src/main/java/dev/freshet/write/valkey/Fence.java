package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.change.RowId;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What stands beside an entry and keeps older writes out.
 *
 * @param version of the last write
 * @param leaderEpoch under which it was written; unsigned
 * @param state what the write left
 * @param owner the row that put the entry, or removed it; empty where no single row did
 */
public record Fence(Version version, long leaderEpoch, State state, Optional<RowId> owner) {
    /** What a write left of an entry; the letter is what the script reads. */
    public enum State {
        STRING('S'),
        HASH('H'),
        REMOVED('R'),
        INVALIDATED('I'),
        SWEPT('W'),
        /** Invalidated with a tag or a prefix. */
        OUTDATED('T'),
        /** What a query found. */
        FOUND_STRING('s'),
        FOUND_HASH('h'),
        FOUND_SET('m'),
        FOUND_SORTED_SET('z'),
        /** A query found nothing. */
        FOUND_NOTHING('r'),
        PART('P'),
        PART_REMOVED('p'),
        PART_INVALIDATED('i'),
        PART_SWEPT('w');

        private final byte letter;

        State(char letter) {
            this.letter = (byte) letter;
        }
    }

    private static final int HEAD = Version.LENGTH + Long.BYTES + 1;
    private static final String SEPARATOR = "\0";

    /** How a row is written as an owner: no identifier or text of a database holds the separator. */
    static String owner(RowId row) {
        return owner(row.table()) + row.key();
    }

    /** What the owners of all rows of a table begin with. */
    static String owner(TableId table) {
        return table.schema() + SEPARATOR + table.name() + SEPARATOR;
    }

    /** The bytes that the script stores. */
    static byte[] pack(Version version, long leaderEpoch, State state, String owner) {
        byte[] name = owner.getBytes(UTF_8);
        return ByteBuffer.allocate(HEAD + name.length)
                .putInt(version.epoch())
                .putLong(version.commit())
                .putLong(version.position())
                .putInt(version.ordinal())
                .putLong(leaderEpoch)
                .put(state.letter)
                .put(name)
                .array();
    }

    /** Reads {@link #pack} back; empty where the bytes are not a fence's. */
    static Optional<Fence> unpack(byte[] bytes) {
        if (bytes.length < HEAD) {
            return Optional.empty();
        }
        Version version = Version.fromBytes(Arrays.copyOf(bytes, Version.LENGTH));
        long leaderEpoch = ByteBuffer.wrap(bytes).getLong(Version.LENGTH);
        return Arrays.stream(State.values())
                .filter(state -> state.letter == bytes[HEAD - 1])
                .findFirst()
                .map(state -> new Fence(version, leaderEpoch, state, row(bytes)));
    }

    private static Optional<RowId> row(byte[] bytes) {
        List<String> parts = List.of(new String(bytes, HEAD, bytes.length - HEAD, UTF_8).split(SEPARATOR, 3));
        return parts.size() < 3 || parts.get(2).isEmpty()
                ? Optional.empty()
                : Optional.of(new RowId(new TableId(parts.get(0), parts.get(1)), parts.get(2)));
    }
}
