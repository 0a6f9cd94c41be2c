package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.message.Answer;
import dev.freshet.message.Courier;
import dev.freshet.message.Message;
import dev.freshet.write.WriteResult;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Tells channels of a Valkey or Redis server: whoever listens at that moment hears it. Everything goes over one link in its order, and
 * a message counts once the server has answered it.
 */
public final class ChannelCourier implements Courier {
    private final ValkeyConnection connection;

    /** A courier on a connection that outlives it. */
    public ChannelCourier(ValkeyConnection connection) {
        this.connection = connection;
    }

    @Override
    public List<Answer> send(List<Message> messages) throws InterruptedException {
        return switch (connection.link()) {
            case Attempt.Away(WriteResult.RetryAfter why, boolean shut) -> putOff(messages.size(), why);
            case Attempt.Linked(Link link) -> send(link, messages);
        };
    }

    /** As many at a time as a call of the writer has entries; behind one that is not taken nothing more is sent. */
    private List<Answer> send(Link link, List<Message> messages) throws InterruptedException {
        int most = connection.target().limits().entriesPerCall();
        List<Answer> answers = new ArrayList<>(messages.size());
        for (int from = 0; from < messages.size(); from += most) {
            List<Message> some = messages.subList(from, Math.min(from + most, messages.size()));
            Optional<WriteResult.RetryAfter> failed = tell(link, some, answers);
            if (failed.isPresent()) {
                answers.addAll(putOff(messages.size() - answers.size(), failed.get()));
                return answers;
            }
        }
        return answers;
    }

    private static Optional<WriteResult.RetryAfter> tell(Link link, List<Message> messages, List<Answer> answers)
            throws InterruptedException {
        List<AsyncCommand<byte[], byte[], Long>> commands =
                messages.stream().map(ChannelCourier::publish).toList();
        link.send(commands);
        long sentAt = System.nanoTime();
        Optional<WriteResult.RetryAfter> failed = Optional.empty();
        for (AsyncCommand<byte[], byte[], Long> command : commands) {
            Optional<WriteResult.RetryAfter> why = switch (link.await(command, sentAt)) {
                case Reply.Value<Long> listeners -> Optional.empty();
                case Reply.Lost<Long>(WriteResult.RetryAfter lost) -> Optional.of(lost);
                case Reply.Refused<Long>(String error) -> {
                    link.refused(error);
                    yield Optional.of(ServerError.retry(error));
                }
            };
            answers.add(why.<Answer>map(ChannelCourier::putOff).orElseGet(Answer.Taken::new));
            failed = failed.or(() -> why);
        }
        return failed;
    }

    private static AsyncCommand<byte[], byte[], Long> publish(Message message) {
        return Link.command(
                CommandType.PUBLISH,
                new IntegerOutput<>(ByteArrayCodec.INSTANCE),
                Link.args()
                        .add(message.to().place().getBytes(UTF_8))
                        .add(message.body().utf8()));
    }

    private static List<Answer> putOff(int messages, WriteResult.RetryAfter why) {
        return Collections.nCopies(messages, putOff(why));
    }

    private static Answer putOff(WriteResult.RetryAfter why) {
        return new Answer.PutOff(why.delay(), why.reason());
    }

    /** Nothing: the connection is not its own. */
    @Override
    public void close() {}
}
