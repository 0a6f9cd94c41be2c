package dev.freshet.write.valkey;

import dev.freshet.write.WriteResult;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One established connection, which is never mended: what is not answered in time, or was under way when it was cut, is
 * lost, and a new link is made. So nothing is sent again behind the caller's back. Safe for use by several threads.
 */
final class Link {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final Duration timeout;
    private final Runnable answered;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile String memory = "";

    /** {@code answered} is run when somebody who waited has an answer. */
    Link(StatefulRedisConnection<byte[], byte[]> connection, Duration timeout, Runnable answered) {
        this.connection = connection;
        this.timeout = timeout;
        this.answered = answered;
    }

    static CommandArgs<byte[], byte[]> args() {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE);
    }

    static <T> AsyncCommand<byte[], byte[], T> command(
            CommandType type, CommandOutput<byte[], byte[], T> output, CommandArgs<byte[], byte[]> args) {
        return new AsyncCommand<>(new Command<>(type, output, args));
    }

    /** A command that is answered with a list of strings. */
    static AsyncCommand<byte[], byte[], List<byte[]>> listCommand(CommandType type, CommandArgs<byte[], byte[]> args) {
        return command(type, new ValueListOutput<>(ByteArrayCodec.INSTANCE), args);
    }

    /** Sends all with one flush; on a closed link they are lost at once. */
    void send(List<? extends AsyncCommand<byte[], byte[], ?>> commands) {
        try {
            connection.dispatch(commands);
        } catch (RedisException e) {
            commands.forEach(command -> {
                if (connection.isOpen()) {
                    command.completeExceptionally(e);
                } else {
                    command.cancel();
                }
            });
        }
    }

    /** Waits for a reply, no longer than the command's time; after that the link is closed. */
    <T> Reply<T> await(AsyncCommand<byte[], byte[], T> command, long sentAtNanos) throws InterruptedException {
        long left = timeout.toNanos() - (System.nanoTime() - sentAtNanos);
        try {
            T value = command.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
            answered.run();
            return new Reply.Value<>(value);
        } catch (TimeoutException e) {
            return lost("no answer within " + timeout.toMillis() + " ms");
        } catch (CancellationException e) {
            return lost("the connection was cut");
        } catch (ExecutionException e) {
            return e.getCause() instanceof RedisCommandExecutionException refused
                    ? new Reply.Refused<>(String.valueOf(refused.getMessage()))
                    : lost(String.valueOf(e.getCause()));
        }
    }

    /** Sends one command and waits. */
    <T> Reply<T> ask(AsyncCommand<byte[], byte[], T> command) throws InterruptedException {
        send(List.of(command));
        return await(command, System.nanoTime());
    }

    /** What an error means for the operation that met it; a server that cannot be written to is left. */
    WriteResult refused(String error) {
        if (ServerError.of(error) == ServerError.READONLY) {
            close();
        }
        return ServerError.result(error);
    }

    Reply<String> load(Script script) throws InterruptedException {
        return ask(command(
                CommandType.SCRIPT,
                new StatusOutput<>(ByteArrayCodec.INSTANCE),
                args().add("LOAD").add(script.text())));
    }

    /**
     * Finds out whose memory it leads to: that of one server process, as long as it follows no other one. What was acknowledged
     * by another memory may be missing in this one. Where the server does not say, no two links lead to the same.
     */
    Reply<String> identify() throws InterruptedException {
        Reply<String> info = ask(command(CommandType.INFO, new StatusOutput<>(ByteArrayCodec.INSTANCE), args()));
        memory = switch (info) {
            case Reply.Value<String>(String text) -> Memory.of(text);
            case Reply.Refused<String> refused -> Memory.unknown();
            case Reply.Lost<String> lost -> Memory.unknown();
        };
        return info;
    }

    /** As it was found; links with the same one lead to the same memory. */
    String memory() {
        return memory;
    }

    boolean isOpen() {
        return !closed.get() && connection.isOpen();
    }

    /** Does not wait; what is under way is lost. */
    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to do when it has closed
    void close() {
        if (closed.compareAndSet(false, true)) {
            connection.closeAsync();
        }
    }

    private <T> Reply<T> lost(String reason) {
        close();
        return new Reply.Lost<>(new WriteResult.RetryAfter(PAUSE, reason));
    }
}
