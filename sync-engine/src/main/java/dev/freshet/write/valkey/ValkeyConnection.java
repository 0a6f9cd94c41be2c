package dev.freshet.write.valkey;

import dev.freshet.checkpoint.StandDownException;
import dev.freshet.write.TargetAwayException;
import dev.freshet.write.WriteResult;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.EpollProvider;
import io.lettuce.core.resource.IOUringProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The way to one server: a single {@link Link}, made at the first need and made anew after it was lost, never behind a
 * caller's back. Shared by the writer and the stores; safe for use by several threads.
 */
public final class ValkeyConnection implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration GIVEN_UP = Duration.ofSeconds(10);

    private final ValkeyTarget target;
    private final Runnable answered;
    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI uri;
    private @Nullable Link current;

    /** Connects to nothing yet. */
    public ValkeyConnection(ValkeyTarget target) {
        this(target, () -> {});
    }

    /**
     * As above.
     *
     * @param answered is run when the server has answered somebody who waited, on that thread
     */
    public ValkeyConnection(ValkeyTarget target, Runnable answered) {
        this.target = target;
        this.answered = answered;
        this.uri = RedisURI.builder(target.uri())
                .withTimeout(target.limits().connectTimeout())
                .build();
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .build();
        this.client = RedisClient.create(resources);
        client.setOptions(options(target.limits()));
    }

    ValkeyTarget target() {
        return target;
    }

    /** The link as it stands, or one attempt to make a new one. */
    synchronized Attempt link() throws InterruptedException {
        if (current != null && current.isOpen()) {
            return new Attempt.Linked(current);
        }
        return switch (connect(3)) {
            case Attempt.Linked(Link link) -> prepare(link);
            case Attempt.Away away -> away;
        };
    }

    /**
     * Why the server lets nobody in with these settings, where it is there and waiting does not help; empty where it lets in,
     * and where it does not answer.
     */
    public Optional<String> shut() throws InterruptedException {
        return switch (link()) {
            case Attempt.Linked linked -> Optional.empty();
            case Attempt.Away(WriteResult.RetryAfter why, boolean shut) ->
                shut ? Optional.of(why.reason()) : Optional.empty();
        };
    }

    /**
     * Whose memory commands go to, as {@link Link#memory}.
     *
     * @throws TargetAwayException where there is none
     */
    String memory() throws TargetAwayException {
        try {
            return switch (link()) {
                case Attempt.Linked(Link link) -> link.memory();
                case Attempt.Away(WriteResult.RetryAfter why, boolean shut) ->
                    throw new TargetAwayException(why.reason());
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetAwayException("interrupted", e);
        }
    }

    /**
     * Sends one command to this memory and waits for its value.
     *
     * @throws StandDownException where another memory answers by now; nothing was sent
     */
    <T> T ask(String memory, AsyncCommand<byte[], byte[], T> command) throws TargetAwayException, StandDownException {
        try {
            return switch (link()) {
                case Attempt.Away(WriteResult.RetryAfter why, boolean shut) ->
                    throw new TargetAwayException(why.reason());
                case Attempt.Linked(Link link) -> {
                    if (!link.memory().equals(memory)) {
                        throw new StandDownException(
                                "the cache was started again, or another server took its place: it may lack what was written last");
                    }
                    yield value(asked(link, command));
                }
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetAwayException("interrupted", e);
        }
    }

    /** Sends one command and waits for its value. */
    <T> T ask(AsyncCommand<byte[], byte[], T> command) throws TargetAwayException {
        return value(reply(command));
    }

    private static <T> T value(Reply<T> reply) throws TargetAwayException {
        return switch (reply) {
            case Reply.Value<T>(T value) -> value;
            case Reply.Lost<T>(WriteResult.RetryAfter why) -> throw new TargetAwayException(why.reason());
            case Reply.Refused<T>(String error) ->
                throw new TargetAwayException(ServerError.retry(error).reason());
        };
    }

    /** The same; empty where this user may not send it. */
    <T> Optional<T> askIfAllowed(AsyncCommand<byte[], byte[], T> command) throws TargetAwayException {
        return switch (reply(command)) {
            case Reply.Value<T>(T value) -> Optional.of(value);
            case Reply.Lost<T>(WriteResult.RetryAfter why) -> throw new TargetAwayException(why.reason());
            case Reply.Refused<T>(String error) -> {
                if (ServerError.of(error) == ServerError.NOPERM) {
                    yield Optional.empty();
                }
                throw new TargetAwayException(ServerError.retry(error).reason());
            }
        };
    }

    private <T> Reply<T> reply(AsyncCommand<byte[], byte[], T> command) throws TargetAwayException {
        try {
            return switch (link()) {
                case Attempt.Away(WriteResult.RetryAfter why, boolean shut) -> new Reply.Lost<>(why);
                case Attempt.Linked(Link link) -> asked(link, command);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetAwayException("interrupted", e);
        }
    }

    private static <T> Reply<T> asked(Link link, AsyncCommand<byte[], byte[], T> command) throws InterruptedException {
        Reply<T> reply = link.ask(command);
        if (reply instanceof Reply.Refused<T>(String error)) {
            link.refused(error);
        }
        return reply;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that comes too late is closed when it comes
    private Attempt connect(int tries) throws InterruptedException {
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connecting =
                client.connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture();
        Duration atMost = target.limits().connectTimeout().multipliedBy(3);
        try {
            StatefulRedisConnection<byte[], byte[]> connection =
                    connecting.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return new Attempt.Linked(new Link(connection, target.limits().commandTimeout(), answered));
        } catch (ExecutionException e) {
            // Where the server refuses at once, Lettuce at times finds the channel closed before it has read why.
            return tries > 1 && hasCause(e, IllegalStateException.class) ? connect(tries - 1) : away(e);
        } catch (TimeoutException e) {
            connecting.thenAccept(StatefulRedisConnection::closeAsync);
            return new Attempt.Away(
                    new WriteResult.RetryAfter(
                            PAUSE, where() + " gave no connection within " + atMost.toMillis() + " ms"),
                    false);
        }
    }

    private Attempt prepare(Link link) throws InterruptedException {
        return switch (link.load(Script.WRITE)) {
            case Reply.Lost<String>(WriteResult.RetryAfter why) -> new Attempt.Away(why, false);
            case Reply.Refused<String>(String error) -> {
                link.close();
                WriteResult.RetryAfter why = ServerError.retry(error);
                yield new Attempt.Away(
                        new WriteResult.RetryAfter(why.delay(), where() + advice(why.reason()) + why.reason()),
                        ServerError.isShut(error));
            }
            case Reply.Value<String> loaded ->
                switch (link.identify()) {
                    case Reply.Lost<String>(WriteResult.RetryAfter why) -> new Attempt.Away(why, false);
                    case Reply.Refused<String> refused -> linked(link);
                    case Reply.Value<String> identified -> linked(link);
                };
        };
    }

    private Attempt linked(Link link) {
        current = link;
        return new Attempt.Linked(link);
    }

    private static boolean hasCause(@Nullable Throwable failure, Class<? extends Throwable> type) {
        return failure != null && (type.isInstance(failure) || hasCause(failure.getCause(), type));
    }

    private Attempt away(ExecutionException failure) {
        Throwable deepest = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException refused) {
                String error = String.valueOf(refused.getMessage());
                WriteResult.RetryAfter why = ServerError.retry(error);
                return new Attempt.Away(
                        new WriteResult.RetryAfter(why.delay(), where() + advice(why.reason()) + why.reason()),
                        ServerError.isShut(error));
            }
            deepest = cause;
        }
        return new Attempt.Away(
                new WriteResult.RetryAfter(PAUSE, where() + " cannot be reached: " + deepest.getMessage()), false);
    }

    private String where() {
        return uri.getHost() + ":" + uri.getPort();
    }

    private String advice(String error) {
        return switch (ServerError.of(error)) {
            case WRONGPASS -> " refuses the user or the password, correct cache.user or cache.password: ";
            case NOAUTH -> " asks for a password, set cache.password: ";
            case UNKNOWN ->
                error.contains("DB index")
                        ? " has no database " + uri.getDatabase() + ", correct the number in cache.url: "
                        : ": ";
            case OOM,
                    READONLY,
                    LOADING,
                    MASTERDOWN,
                    MISCONF,
                    BUSY,
                    NOREPLICAS,
                    CLUSTERDOWN,
                    TRYAGAIN,
                    NOSCRIPT,
                    MOVED,
                    ASK,
                    NOPERM,
                    WRONGTYPE -> ": ";
        };
    }

    private static ClientOptions options(ValkeyLimits limits) {
        SocketOptions.Builder socket = SocketOptions.builder()
                .connectTimeout(limits.connectTimeout())
                .tcpNoDelay(true)
                .keepAlive(SocketOptions.KeepAliveOptions.builder()
                        .enable()
                        .idle(GIVEN_UP)
                        .interval(GIVEN_UP.dividedBy(3))
                        .count(3)
                        .build());
        if (EpollProvider.isAvailable() || IOUringProvider.isAvailable()) {
            socket.tcpUserTimeout(SocketOptions.TcpUserTimeoutOptions.builder()
                    .enable()
                    .tcpUserTimeout(GIVEN_UP)
                    .build());
        }
        return ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(limits.callsInFlight() * 2 + 64)
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(socket.build())
                .build();
    }

    /** Ends the link, its threads and everything under way; idempotent. */
    @Override
    public void close() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
