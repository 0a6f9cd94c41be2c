package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.checkpoint.Partition;
import dev.freshet.checkpoint.Positions;
import dev.freshet.checkpoint.SentPositions;
import dev.freshet.write.TargetAwayException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps how far partitions were written in the cache that is written, in the hash {@code <prefix>freshet:<group>:sent}: the offset under
 * the partition's name, and since when, in ms since 1970, under {@code <name> since}. No topic's name has a blank.
 */
public final class ValkeySentPositions implements SentPositions {
    private final ValkeyConnection connection;
    private final byte[] key;

    /**
     * A store on a connection that outlives it.
     *
     * @param group that writes
     */
    public ValkeySentPositions(ValkeyConnection connection, String group) {
        this.connection = connection;
        this.key = connection.target().ownKey(group, OwnKey.SENT);
    }

    private static String since(Partition partition) {
        return partition + " since";
    }

    @Override
    public Map<Partition, UpTo> load(Set<Partition> partitions) throws TargetAwayException {
        Map<Partition, UpTo> found = new HashMap<>();
        if (partitions.isEmpty()) {
            return found;
        }
        List<Partition> all = List.copyOf(partitions);
        CommandArgs<byte[], byte[]> args = Link.args().add(key);
        all.forEach(each -> args.add(each.toString()).add(since(each)));
        List<Optional<byte[]>> values = connection.ask(Link.listCommand(CommandType.HMGET, args)).stream()
                .<Optional<byte[]>>map(Optional::ofNullable)
                .toList();
        for (int i = 0; i < all.size(); i++) {
            Optional<byte[]> upTo = values.get(2 * i);
            Optional<byte[]> since = values.get(2 * i + 1);
            if (upTo.isPresent() && since.isPresent()) {
                found.put(all.get(i), new UpTo(number(upTo.get()), Instant.ofEpochMilli(number(since.get()))));
            }
        }
        return found;
    }

    private static long number(byte[] text) {
        return Long.parseLong(new String(text, UTF_8));
    }

    @Override
    public void announce(Positions upTo, Instant at) throws TargetAwayException {
        if (!upTo.next().isEmpty()) {
            CommandArgs<byte[], byte[]> args =
                    Link.args().add(Script.SENT.text()).add(1).addKey(key).add(at.toEpochMilli());
            upTo.next()
                    .forEach((partition, offset) ->
                            args.add(partition.toString()).add(offset));
            long unused = count(CommandType.EVAL, args);
        }
    }

    @Override
    public void acknowledged(List<Left> left) throws TargetAwayException {
        CommandArgs<byte[], byte[]> moved = Link.args().add(key);
        CommandArgs<byte[], byte[]> gone = Link.args().add(key);
        for (Left each : left) {
            if (each.since().isPresent()) {
                moved.add(since(each.partition())).add(each.since().get().toEpochMilli());
            } else {
                gone.add(since(each.partition()));
            }
        }
        if (moved.count() > 1) {
            long unused = count(CommandType.HSET, moved);
        }
        if (gone.count() > 1) {
            long unused = count(CommandType.HDEL, gone);
        }
    }

    private long count(CommandType command, CommandArgs<byte[], byte[]> args) throws TargetAwayException {
        return connection.ask(Link.command(command, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args));
    }
}
