package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.write.WriteResult;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes over what a scanning command gives, page by page, to its end or to the first page that is put off. The server
 * promises each name that is there from beginning to end.
 */
final class Walk {
    private static final int PAGE = 1_000;
    static final String BEGINNING = "0";

    private final CommandType command;
    private final byte @Nullable [] key;
    private final byte @Nullable [] glob;
    private final int step;

    private Walk(CommandType command, byte @Nullable [] key, byte @Nullable [] glob, int step) {
        this.command = command;
        this.key = key;
        this.glob = glob;
        this.step = step;
    }

    /** Over all keys that match. */
    static Walk overKeys(byte[] glob) {
        return new Walk(CommandType.SCAN, null, glob, 1);
    }

    static Walk overSet(byte[] key) {
        return new Walk(CommandType.SSCAN, key, null, 1);
    }

    static Walk overSortedSet(byte[] key) {
        return new Walk(CommandType.ZSCAN, key, null, 2);
    }

    static Walk overFields(byte[] key) {
        return new Walk(CommandType.HSCAN, key, null, 2);
    }

    /** Is given the names of a page, and says what became of them. */
    interface Taker {
        WriteResult take(List<byte[]> names) throws InterruptedException;
    }

    /** The worst that became of any page; a key that holds something else holds no names. */
    WriteResult over(Link link, Taker taker) throws InterruptedException {
        WriteResult worst = Outcomes.APPLIED;
        String cursor = BEGINNING;
        do {
            Page page = page(link, cursor, taker);
            worst = Outcomes.worse(worst, page.result());
            cursor = page.next();
        } while (!cursor.equals(BEGINNING) && !Outcomes.isPutOff(worst));
        return worst;
    }

    /**
     * What became of one page.
     *
     * @param next where the next one begins, {@link #BEGINNING} after the last; of no use where the result is put off
     */
    record Page(WriteResult result, String next) {}

    Page page(Link link, String cursor, Taker taker) throws InterruptedException {
        return switch (link.ask(
                Link.command(command, new NestedMultiOutput<>(ByteArrayCodec.INSTANCE), args(cursor)))) {
            case Reply.Value<List<Object>>(List<Object> page) ->
                new Page(taker.take(names(page)), new String((byte[]) page.get(0), UTF_8));
            case Reply.Refused<List<Object>>(String error) -> {
                if (ServerError.of(error) == ServerError.WRONGTYPE) {
                    yield new Page(Outcomes.APPLIED, BEGINNING);
                }
                link.refused(error);
                yield new Page(ServerError.retry(error), BEGINNING);
            }
            case Reply.Lost<List<Object>>(WriteResult.RetryAfter why) -> new Page(why, BEGINNING);
        };
    }

    private CommandArgs<byte[], byte[]> args(String cursor) {
        CommandArgs<byte[], byte[]> args = Link.args();
        if (key != null) {
            args.add(key);
        }
        args.add(cursor);
        if (glob != null) {
            args.add("MATCH").add(glob);
        }
        return args.add("COUNT").add(PAGE);
    }

    /** Values and scores stand between the names. */
    private List<byte[]> names(List<Object> page) {
        List<?> all = (List<?>) page.get(1);
        List<byte[]> names = new ArrayList<>(all.size() / step);
        for (int i = 0; i < all.size(); i += step) {
            names.add((byte[]) all.get(i));
        }
        return names;
    }
}
