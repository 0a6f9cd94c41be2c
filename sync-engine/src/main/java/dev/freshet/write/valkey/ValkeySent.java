package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.change.Version;
import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.Sent;
import dev.freshet.checkpoint.SentStore;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.write.TargetAwayException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Keeps how far was written in the cache that is written, at {@code <prefix>freshet:<pipeline>:sent}. */
public final class ValkeySent implements SentStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ValkeyConnection connection;
    private final byte[] key;
    private final ValkeyLead lead;

    /** What stood there when this store last looked. Used by the pipeline's thread. */
    private byte[] last = {};

    /**
     * The JSON document.
     *
     * @param upTo hexadecimal digits of the version
     * @param since in ms since 1970
     */
    record Stored(String upTo, long since) {}

    /**
     * A store on a connection that outlives it.
     *
     * @param pipeline that writes
     */
    public ValkeySent(ValkeyConnection connection, String pipeline) {
        this.connection = connection;
        this.key = connection.target().ownKey(pipeline, OwnKey.SENT);
        this.lead = new ValkeyLead(connection, pipeline);
    }

    @Override
    public Optional<Sent> load() throws TargetAwayException {
        // GETRANGE answers an absent key with nothing, and one of another type with an error.
        last = connection.ask(Link.command(
                CommandType.GETRANGE,
                new ValueOutput<>(ByteArrayCodec.INSTANCE),
                Link.args().add(key).add(0).add(-1)));
        return last.length == 0 ? Optional.empty() : Optional.of(read(last));
    }

    @Override
    public void announce(Lead won, Sent sent) throws TargetAwayException, StandDownException {
        byte[] next = write(new Stored(
                HexFormat.of().formatHex(sent.upTo().toBytes()), sent.since().toEpochMilli()));
        lead.claim(won, key, last, next);
        last = next;
    }

    private static byte[] write(Stored stored) {
        try {
            return JSON.writeValueAsBytes(stored);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    private Sent read(byte[] json) throws TargetAwayException {
        try {
            Stored stored = JSON.readValue(json, Stored.class);
            return new Sent(
                    Version.fromBytes(HexFormat.of().parseHex(stored.upTo())), Instant.ofEpochMilli(stored.since()));
        } catch (IOException | IllegalArgumentException e) {
            throw new TargetAwayException(
                    "what stands at " + new String(key, UTF_8) + " does not say what was sent", e);
        }
    }
}
