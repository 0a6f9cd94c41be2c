package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.change.TableId;
import dev.freshet.checkpoint.FormStore;
import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.checkpoint.TableForm;
import dev.freshet.write.TargetAwayException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the forms of tables in the cache that is filled from them, at {@code <prefix>freshet:<pipeline>:tables}: a JSON list. */
public final class ValkeyForms implements FormStore {
    private static final Logger LOG = LoggerFactory.getLogger(ValkeyForms.class);

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ValkeyConnection connection;
    private final byte[] key;
    private final ValkeyLead lead;

    /** What stood there when this store last looked. Used by the pipeline's thread. */
    private byte[] last = {};

    /** One of the list. */
    record Stored(String schema, String table, String form) {}

    /**
     * A store on a connection that outlives it.
     *
     * @param pipeline whose tables they are
     */
    public ValkeyForms(ValkeyConnection connection, String pipeline) {
        this.connection = connection;
        this.key = connection.target().ownKey(pipeline, OwnKey.TABLES);
        this.lead = new ValkeyLead(connection, pipeline);
    }

    @Override
    public Map<TableId, TableForm> load() throws TargetAwayException {
        // GETRANGE answers an absent key with nothing, and one of another type with an error.
        last = connection.ask(Link.command(
                CommandType.GETRANGE,
                new ValueOutput<>(ByteArrayCodec.INSTANCE),
                Link.args().add(key).add(0).add(-1)));
        return last.length == 0 ? Map.of() : read(last);
    }

    @Override
    public void save(Lead won, Map<TableId, TableForm> forms) throws TargetAwayException, StandDownException {
        byte[] next = write(forms);
        lead.claim(won, key, last, next);
        last = next;
    }

    private static byte[] write(Map<TableId, TableForm> forms) {
        List<Stored> all = new ArrayList<>();
        new TreeMap<>(forms).forEach((table, form) -> all.add(new Stored(table.schema(), table.name(), form.text())));
        try {
            return JSON.writeValueAsBytes(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    private Map<TableId, TableForm> read(byte[] json) {
        Map<TableId, TableForm> forms = new LinkedHashMap<>();
        try {
            for (Stored each : JSON.readValue(json, Stored[].class)) {
                forms.put(new TableId(each.schema(), each.table()), new TableForm(each.form()));
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("key", new String(key, UTF_8)).log("no forms of tables can be read there");
            return Map.of();
        }
        return forms;
    }
}
