package dev.freshet.write.edge.http;

import dev.freshet.write.edge.PurgeReply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls to one provider over connections that it keeps. It follows no redirect and repeats nothing.
 *
 * <p>Safe on any thread.
 */
public final class HttpCaller implements AutoCloseable {
    /** Fastly names each of 256 keys of up to 1 KB in an answer; no other one is as long. */
    private static final int MOST_OF_A_BODY = 512 * 1_024;

    static {
        // Has to come before the client's classes are loaded.
        HostHeader.allow();
    }

    private final HttpClient client;
    private final Duration timeout;

    /**
     * @param timeout of the whole call, from the connection to the last byte of the answer
     */
    public HttpCaller(Duration timeout) {
        this.timeout = timeout;
        client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * One whose calls may bear a header {@code Host} of their own.
     *
     * @param timeout as above
     * @throws IllegalStateException where the JDK's client does not let it any more
     */
    public static HttpCaller namingHosts(Duration timeout) {
        HttpCaller caller = new HttpCaller(timeout);
        HostHeader.require();
        return caller;
    }

    /**
     * Makes a call and has its answer read; where there is none, it failed. No reason shows a secret of the call, not even one that the
     * server repeats.
     *
     * @throws IllegalArgumentException where a header or the method is none that HTTP knows
     */
    public PurgeReply call(HttpCall call, Function<HttpAnswer, PurgeReply> reading) throws InterruptedException {
        return Discretion.about(call.secrets(), exchange(call, reading));
    }

    private PurgeReply exchange(HttpCall call, Function<HttpAnswer, PurgeReply> reading) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> coming =
                client.sendAsync(request(call), head -> new BoundedBody(MOST_OF_A_BODY));
        try {
            // The request's own timeout would end with the answer's head.
            HttpResponse<String> response = coming.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return reading.apply(
                    new HttpAnswer(call.host(), response.statusCode(), response.headers(), response.body()));
        } catch (TimeoutException slow) {
            return failed(call, "no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException failure) {
            return failed(call, cause(failure.getCause()));
        } finally {
            coming.cancel(true);
        }
    }

    private static HttpRequest request(HttpCall call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.to())
                .method(
                        call.method(),
                        call.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(call.bytes()));
        call.headers().forEach(request::setHeader);
        return request.build();
    }

    private static PurgeReply failed(HttpCall call, String cause) {
        return new PurgeReply.Failed(Duration.ZERO, call.host() + ": " + cause);
    }

    private static String cause(@Nullable Throwable cause) {
        return switch (cause) {
            case ConnectException refused -> "cannot connect" + detail(refused);
            case IOException broken -> broken.getClass().getSimpleName() + detail(broken);
            case RuntimeException bug -> throw bug;
            case Error bug -> throw bug;
            case null, default -> throw new IllegalStateException("a call fails by an IOException", cause);
        };
    }

    private static String detail(IOException cause) {
        return cause.getMessage() == null ? "" : ": " + cause.getMessage().replaceAll("[^\\x20-\\x7e]+", " ");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
