package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.checkpoint.Lead;
import dev.freshet.checkpoint.LeadStore;
import dev.freshet.checkpoint.StandDownException;
import dev.freshet.write.TargetAwayException;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandType;
import java.time.Instant;
import java.util.List;

/** Who leads, in the cache that is written, at {@code <prefix>freshet:<pipeline>:lead}. */
public final class ValkeyLead implements LeadStore {
    private final ValkeyConnection connection;
    private final byte[] key;

    /**
     * A store on a connection that outlives it.
     *
     * @param pipeline whose lead it is
     */
    public ValkeyLead(ValkeyConnection connection, String pipeline) {
        this.connection = connection;
        this.key = connection.target().ownKey(pipeline, OwnKey.LEAD);
    }

    @Override
    public Instant claim(Lead lead) throws TargetAwayException, StandDownException {
        return answered(connection.ask(Link.listCommand(
                CommandType.EVAL,
                Link.args().add(Script.LEAD.text()).add(1).add(key).add(lead.text()))));
    }

    /** Claims the lead, and stores the next document where it finds the last one, or any where that is empty. */
    void claim(Lead lead, byte[] documentKey, byte[] last, byte[] next) throws TargetAwayException, StandDownException {
        answered(connection.ask(saving(lead, List.of(documentKey), last, next)));
    }

    /** The same in this memory alone, and also where the last one is missing and its mark is there: it was evicted. */
    void claim(String memory, Lead lead, byte[] documentKey, byte[] markKey, byte[] last, byte[] next)
            throws TargetAwayException, StandDownException {
        answered(connection.ask(memory, saving(lead, List.of(documentKey, markKey), last, next)));
    }

    private AsyncCommand<byte[], byte[], List<byte[]>> saving(
            Lead lead, List<byte[]> documentKeys, byte[] last, byte[] next) {
        return Link.listCommand(
                CommandType.EVAL,
                Link.args()
                        .add(Script.LEAD.text())
                        .add(1 + documentKeys.size())
                        .addKey(key)
                        .addKeys(documentKeys)
                        .add(lead.text())
                        .add(last)
                        .add(next));
    }

    private static Instant answered(List<byte[]> reply) throws StandDownException {
        String answer = new String(reply.getFirst(), UTF_8);
        return switch (answer) {
            case "DONE" -> Instant.ofEpochMilli(Long.parseLong(new String(reply.get(1), UTF_8)));
            case "OTHER" ->
                throw new StandDownException(
                        "what is stored is not what was saved last: the cache lost its memory, or went back");
            case "LED" ->
                throw new StandDownException("another process leads since, as " + new String(reply.get(1), UTF_8)
                        + ", over this one's lead");
            default -> throw new IllegalStateException("the script does not answer " + answer);
        };
    }
}
