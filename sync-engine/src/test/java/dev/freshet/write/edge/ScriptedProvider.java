package dev.freshet.write.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** A provider's API, played by a server of the test: it takes what the real one takes, purges that, and refuses the rest as the real one does. */
public abstract class ScriptedProvider extends Dispatcher {
    /** What a provider that says when to come back asks for, whatever the way. */
    public static final Duration WAIT = Duration.ofSeconds(7);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final CachedObjects objects = new CachedObjects();
    private final AtomicInteger grants = new AtomicInteger(Integer.MAX_VALUE);
    private volatile boolean letsNobodyIn;
    private volatile Optional<MockResponse> fault = Optional.empty();

    /** Purges what a request names and answers, or refuses it. */
    protected abstract MockResponse answer(RecordedRequest request, CachedObjects held);

    /** What it answers above its limit. */
    protected abstract MockResponse limited();

    /** What it answers those whom it does not let in; a wrong token is met by {@link #answer}. */
    protected abstract MockResponse shut();

    /** Whether it tells hosts apart; one that does not purges a path at all of them. */
    protected boolean knowsHosts() {
        return true;
    }

    /** For how long its answer above the limit asks to be left alone. */
    protected Duration asksFor() {
        return WAIT;
    }

    @Override
    public final MockResponse dispatch(RecordedRequest request) {
        if (fault.isPresent()) {
            return fault.get();
        }
        if (letsNobodyIn) {
            return shut();
        }
        return grants.getAndDecrement() > 0 ? answer(request, objects) : limited();
    }

    public final CachedObjects objects() {
        return objects;
    }

    /** From now on it takes this many calls. */
    final void grant(int calls) {
        grants.set(calls);
    }

    final void lock() {
        letsNobodyIn = true;
    }

    /** From now on it answers this, whatever is asked, and purges nothing. */
    final void breakDown(MockResponse answer) {
        fault = Optional.of(answer);
    }

    protected static JsonNode jsonOf(RecordedRequest request) {
        try {
            return JSON.readTree(bodyOf(request));
        } catch (JsonProcessingException broken) {
            return MissingNode.getInstance();
        }
    }

    protected static ObjectNode newObject() {
        return JSON.createObjectNode();
    }

    public static String bodyOf(RecordedRequest request) {
        return request.getBody() == null ? "" : request.getBody().utf8();
    }

    protected static Optional<String> header(RecordedRequest request, String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    public static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    public static MockResponse empty(int status) {
        return new MockResponse.Builder().code(status).build();
    }
}
