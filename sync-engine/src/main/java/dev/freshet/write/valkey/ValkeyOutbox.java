package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.write.LaneName;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.edge.Outbox;
import dev.freshet.write.edge.ParkedPurge;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.MapScanOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * Parks purges in the cache, in the hash {@code <prefix>freshet:<pipeline>:purges}, and adds up what lanes have sent in {@code
 * <prefix>freshet:<pipeline>:spent}, a field a lane and month.
 */
public final class ValkeyOutbox implements Outbox {
    private static final int PURGES_A_PAGE = 500;

    private final ValkeyConnection connection;
    private final byte[] purges;
    private final byte[] spent;

    /**
     * An outbox on a connection that outlives it.
     *
     * @param pipeline whose purges they are
     */
    public ValkeyOutbox(ValkeyConnection connection, String pipeline) {
        this.connection = connection;
        this.purges = connection.target().ownKey(pipeline, OwnKey.PURGES);
        this.spent = connection.target().ownKey(pipeline, OwnKey.SPENT);
    }

    @Override
    public boolean park(List<ParkedPurge> parked, ParkedPurge mark) throws TargetAwayException {
        CommandArgs<byte[], byte[]> args = Link.args()
                .add(Script.PARK.text())
                .add(1)
                .addKey(purges)
                .add(mark.field())
                .add(mark.value());
        parked.forEach(each -> args.add(each.field()).add(each.value()));
        return count(CommandType.EVAL, args) == 1;
    }

    @Override
    public void forget(List<ParkedPurge> parked) throws TargetAwayException {
        if (!parked.isEmpty()) {
            CommandArgs<byte[], byte[]> args =
                    Link.args().add(Script.FORGET.text()).add(1).add(purges);
            parked.forEach(each -> args.add(each.field()).add(each.value()));
            long unused = count(CommandType.EVAL, args);
        }
    }

    @Override
    public long size() throws TargetAwayException {
        // Counts as a use, which an eviction goes by.
        return count(CommandType.HLEN, Link.args().add(purges));
    }

    @Override
    public boolean has(ParkedPurge purge) throws TargetAwayException {
        List<byte[]> found = connection.ask(
                Link.listCommand(CommandType.HMGET, Link.args().add(purges).add(purge.field())));
        byte[] value = found.getFirst();
        return value != null && purge.value().equals(new String(value, UTF_8));
    }

    @Override
    public Page page(String cursor) throws TargetAwayException {
        MapScanCursor<byte[], byte[]> found = connection.ask(Link.command(
                CommandType.HSCAN,
                new MapScanOutput<>(ByteArrayCodec.INSTANCE),
                Link.args().add(purges).add(cursor).add("COUNT").add(PURGES_A_PAGE)));
        List<ParkedPurge> parked = new ArrayList<>();
        found.getMap()
                .forEach((field, value) ->
                        parked.add(new ParkedPurge(new String(field, UTF_8), new String(value, UTF_8))));
        return new Page(parked, found.getCursor());
    }

    @Override
    public long spent(LaneName lane, YearMonth month, long names) throws TargetAwayException {
        return count(
                CommandType.HINCRBY,
                Link.args().add(spent).add(lane + " " + month).add(names));
    }

    private long count(CommandType command, CommandArgs<byte[], byte[]> args) throws TargetAwayException {
        return connection.ask(Link.command(command, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args));
    }
}
