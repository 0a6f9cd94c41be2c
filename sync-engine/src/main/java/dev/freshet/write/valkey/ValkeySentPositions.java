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
import java.util.OptionalLong;
import java.util.Set;

/**
 * Keeps how far partitions were written in the cache that is written, in the hash {@code <prefix>freshet:<group>:sent}: the offset under
 * the partition's name, and since when, in ms since 1970, under {@code <name> since}; under {@code term} whose they are. No topic's
 * name has a blank, and a partition's ends in its number.
 */
public final class ValkeySentPositions implements SentPositions {
    private static final String TERM = "term";
    private static final int TOLD_OF_EACH = 3;

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

    private static String text(int term) {
        return Integer.toUnsignedString(term);
    }

    @Override
    public Map<Partition, UpTo> load(int term, Set<Partition> partitions) throws TargetAwayException {
        List<Partition> all = List.copyOf(partitions);
        CommandArgs<byte[], byte[]> args = Link.args().add(key).add(TERM);
        all.forEach(each -> args.add(each.toString()).add(since(each)));
        List<Optional<byte[]>> values = connection.ask(Link.listCommand(CommandType.HMGET, args)).stream()
                .<Optional<byte[]>>map(Optional::ofNullable)
                .toList();
        boolean isOfTerm = values.getFirst()
                .filter(stored -> new String(stored, UTF_8).equals(text(term)))
                .isPresent();
        Map<Partition, UpTo> found = new HashMap<>();
        for (int i = 0; isOfTerm && i < all.size(); i++) {
            Optional<byte[]> upTo = values.get(2 * i + 1);
            Optional<byte[]> since = values.get(2 * i + 2);
            if (upTo.isPresent() && since.isPresent()) {
                found.put(all.get(i), upTo(upTo.get(), since.get()));
            }
        }
        return found;
    }

    private static UpTo upTo(byte[] upTo, byte[] since) {
        return new UpTo(number(upTo), Instant.ofEpochMilli(number(since)));
    }

    private static long number(byte[] text) {
        return Long.parseLong(new String(text, UTF_8));
    }

    @Override
    public Map<Partition, Announced> announce(int term, Positions upTo, Instant at) throws TargetAwayException {
        List<Partition> all = List.copyOf(upTo.next().keySet());
        CommandArgs<byte[], byte[]> args = Link.args()
                .add(Script.SENT.text())
                .add(1)
                .addKey(key)
                .add(text(term))
                .add(at.toEpochMilli());
        all.forEach(each -> args.add(each.toString()).add(upTo.next().get(each)));
        List<byte[]> told = all.isEmpty() ? List.of() : connection.ask(Link.listCommand(CommandType.EVAL, args));
        Map<Partition, Announced> announced = new HashMap<>();
        for (int i = 0; i < told.size() / TOLD_OF_EACH; i++) {
            byte[] before = told.get(i * TOLD_OF_EACH);
            announced.put(
                    all.get(i),
                    new Announced(
                            before.length == 0 ? OptionalLong.empty() : OptionalLong.of(number(before)),
                            upTo(told.get(i * TOLD_OF_EACH + 1), told.get(i * TOLD_OF_EACH + 2))));
        }
        return announced;
    }

    @Override
    public void acknowledged(int term, List<Left> left) throws TargetAwayException {
        if (left.isEmpty()) {
            return;
        }
        CommandArgs<byte[], byte[]> args =
                Link.args().add(Script.ACKNOWLEDGED.text()).add(1).addKey(key).add(text(term));
        left.forEach(each -> args.add(each.partition().toString())
                .add(each.upTo())
                .add(each.since()
                        .map(since -> Long.toString(since.toEpochMilli()))
                        .orElse("")));
        long unused =
                connection.ask(Link.command(CommandType.EVAL, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args));
    }
}
