package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.change.SourcePosition;
import dev.freshet.change.TableId;
import dev.freshet.change.Version;
import dev.freshet.checkpoint.Basis;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.CheckpointStore;
import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.Owed;
import dev.freshet.checkpoint.ResyncRequest;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.rules.Fingerprint;
import dev.freshet.write.TargetAwayException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keeps the checkpoint in the cache that it speaks of, at {@code <prefix>freshet:<pipeline>:checkpoint}: a cache that loses
 * its memory loses the checkpoint with it, and cannot be taken for complete. Beside it, at
 * {@code <prefix>freshet:<pipeline>:resync}, stands what somebody asks for.
 */
public final class ValkeyCheckpoints implements CheckpointStore {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ValkeyConnection connection;
    private final byte[] key;
    private final byte[] markKey;
    private final byte[] requestKey;
    private final ValkeyLead lead;
    private final LongSupplier leaderEpoch;

    /** What stood there when this store last looked; empty: nothing, or it never looked. Used by the pipeline's thread. */
    private byte[] last = {};

    /** Where it looked; another memory may lack what was written since. Empty: it never looked. */
    private String memory = "";

    /** The fields of the JSON document. A version that wrote less, or more, is read as well: what is missing is empty. */
    record Stored(
            String position,
            String sourceIdentity,
            int sourceEpoch,
            String rules,
            String tables,
            boolean unswept,
            List<StoredTable> altered,
            String applied,
            boolean edges) {
        Stored {
            applied = applied == null ? "" : applied;
            rules = rules == null ? "" : rules;
            tables = tables == null ? "" : tables;
            altered = altered == null ? List.of() : List.copyOf(altered);
        }

        Owed owed() {
            Owed owed = unswept ? Owed.EVERYTHING : Owed.NOTHING;
            for (StoredTable each : altered) {
                owed = owed.and(
                        new TableId(each.schema(), each.table()),
                        Version.fromBytes(HexFormat.of().parseHex(each.since())));
            }
            return owed;
        }
    }

    private static Optional<Version> version(String digits) {
        return digits.isEmpty()
                ? Optional.empty()
                : Optional.of(Version.fromBytes(HexFormat.of().parseHex(digits)));
    }

    /** A table whose entries are to be swept, and the version from which on they stay, in hexadecimal digits. */
    record StoredTable(String schema, String table, String since) {
        static StoredTable of(TableId id, Version since) {
            return new StoredTable(id.schema(), id.name(), HexFormat.of().formatHex(since.toBytes()));
        }
    }

    /**
     * A store on a connection that outlives it.
     *
     * @param pipeline whose checkpoint it is
     * @param leaderEpoch asked at every save: the unsigned epoch under which this process leads
     */
    public ValkeyCheckpoints(ValkeyConnection connection, String pipeline, LongSupplier leaderEpoch) {
        this.connection = connection;
        this.key = connection.target().ownKey(pipeline, OwnKey.CHECKPOINT);
        this.markKey = connection.target().ownKey(pipeline, OwnKey.MARK);
        this.requestKey = connection.target().ownKey(pipeline, OwnKey.RESYNC);
        this.lead = new ValkeyLead(connection, pipeline);
        this.leaderEpoch = leaderEpoch;
    }

    @Override
    public Optional<Checkpoint> load() throws TargetAwayException {
        memory = connection.memory();
        last = text(key);
        return last.length == 0 ? Optional.empty() : Optional.of(read(last));
    }

    private byte[] text(byte[] of) throws TargetAwayException {
        // GETRANGE answers an absent key with nothing, and one of another type with an error.
        return connection.ask(Link.command(
                CommandType.GETRANGE,
                new ValueOutput<>(ByteArrayCodec.INSTANCE),
                Link.args().add(of).add(0).add(-1)));
    }

    @Override
    public Optional<ResyncRequest> asked() throws TargetAwayException {
        byte[] id = text(requestKey);
        return id.length == 0 ? Optional.empty() : Optional.of(new ResyncRequest(new String(id, UTF_8)));
    }

    /**
     * Asks whoever follows, or will follow, for a resync, in place of what was asked for before.
     *
     * @throws TargetAwayException where the server did not say that it did
     */
    public void ask(ResyncRequest request) throws TargetAwayException {
        String unused = connection.ask(Link.command(
                CommandType.SET,
                new StatusOutput<>(ByteArrayCodec.INSTANCE),
                Link.args().add(requestKey).add(request.id())));
    }

    @Override
    public void answered(ResyncRequest request) throws TargetAwayException {
        Long unused = connection.ask(Link.command(
                CommandType.EVAL,
                new IntegerOutput<>(ByteArrayCodec.INSTANCE),
                Link.args().add(Script.ANSWERED.text()).add(1).add(requestKey).add(request.id())));
    }

    @Override
    public void save(Checkpoint checkpoint) throws TargetAwayException, StandDownException {
        byte[] next = write(new Stored(
                checkpoint.position().text(),
                checkpoint.sourceIdentity(),
                checkpoint.sourceEpoch(),
                checkpoint.basis().rules().text(),
                checkpoint.basis().tables().text(),
                checkpoint.owed().everything(),
                checkpoint.owed().tables().entrySet().stream()
                        .map(each -> StoredTable.of(each.getKey(), each.getValue()))
                        .toList(),
                checkpoint
                        .applied()
                        .map(version -> HexFormat.of().formatHex(version.toBytes()))
                        .orElse(""),
                checkpoint.isOwedToEdges()));
        if (memory.isEmpty()) {
            memory = connection.memory();
        }
        lead.claim(memory, new Lead(checkpoint.sourceEpoch(), leaderEpoch.getAsLong()), key, markKey, last, next);
        last = next;
    }

    private static byte[] write(Stored stored) {
        try {
            return JSON.writeValueAsBytes(stored);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    private Checkpoint read(byte[] json) throws TargetAwayException {
        try {
            Stored stored = JSON.readValue(json, Stored.class);
            return new Checkpoint(
                    new SourcePosition(stored.position()),
                    stored.sourceIdentity(),
                    stored.sourceEpoch(),
                    new Basis(new Fingerprint(stored.rules()), new Fingerprint(stored.tables())),
                    stored.owed(),
                    version(stored.applied()),
                    stored.edges());
        } catch (IOException | IllegalArgumentException e) {
            throw new TargetAwayException("what stands at " + new String(key, UTF_8) + " is no checkpoint", e);
        }
    }
}
