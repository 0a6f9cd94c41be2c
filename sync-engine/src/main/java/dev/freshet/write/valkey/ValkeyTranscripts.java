package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.checkpoint.TranscriptStore;
import dev.freshet.rules.Transcript;
import dev.freshet.write.TargetAwayException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Keeps transcripts of rules in the cache that they fill, at {@code <prefix>freshet:<pipeline>:rules}: a JSON list of texts. */
public final class ValkeyTranscripts implements TranscriptStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ValkeyConnection connection;
    private final byte[] key;
    private final ValkeyLead lead;

    /** What stood there when this store last looked. Used by the pipeline's thread. */
    private byte[] last = {};

    /**
     * A store on a connection that outlives it.
     *
     * @param pipeline whose rules they are
     */
    public ValkeyTranscripts(ValkeyConnection connection, String pipeline) {
        this.connection = connection;
        this.key = connection.target().ownKey(pipeline, OwnKey.RULES);
        this.lead = new ValkeyLead(connection, pipeline);
    }

    @Override
    public List<Transcript> load() throws TargetAwayException {
        // GETRANGE answers an absent key with nothing, and one of another type with an error.
        last = connection.ask(Link.command(
                CommandType.GETRANGE,
                new ValueOutput<>(ByteArrayCodec.INSTANCE),
                Link.args().add(key).add(0).add(-1)));
        return last.length == 0 ? List.of() : read(last);
    }

    @Override
    public void save(Lead won, List<Transcript> transcripts) throws TargetAwayException, StandDownException {
        byte[] next = write(transcripts);
        lead.claim(won, key, last, next);
        last = next;
    }

    private static byte[] write(List<Transcript> transcripts) {
        try {
            return JSON.writeValueAsBytes(
                    transcripts.stream().map(Transcript::text).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    private static List<Transcript> read(byte[] json) {
        try {
            return Arrays.stream(JSON.readValue(json, String[].class))
                    .map(String::valueOf)
                    .map(Transcript::new)
                    .toList();
        } catch (IOException e) {
            return List.of(new Transcript(new String(json, UTF_8)));
        }
    }
}
