package dev.freshet.write.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.write.TargetAwayException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;

/** All that Freshet keeps for itself under a pipeline's name: the checkpoint, the lead, the rules, the dead letters, what is asked for. */
public final class ValkeyOwnKeys {
    private final ValkeyConnection connection;
    private final String pipeline;

    /**
     * On a connection that outlives it.
     *
     * @param pipeline whose keys they are
     */
    public ValkeyOwnKeys(ValkeyConnection connection, String pipeline) {
        this.connection = connection;
        this.pipeline = pipeline;
    }

    /**
     * The server's names of those that are there.
     *
     * @throws TargetAwayException where the server does not answer, or answers with an error
     */
    public List<String> present() throws TargetAwayException {
        List<String> present = new ArrayList<>();
        for (OwnKey each : OwnKey.values()) {
            byte[] key = key(each);
            if (count(CommandType.EXISTS, Link.args().add(key)) > 0) {
                present.add(new String(key, UTF_8));
            }
        }
        return present;
    }

    /**
     * Removes all of them; those that are not there do not matter.
     *
     * @throws TargetAwayException where the server did not say that it did
     */
    public void remove() throws TargetAwayException {
        CommandArgs<byte[], byte[]> keys = Link.args();
        for (OwnKey each : OwnKey.values()) {
            keys.add(key(each));
        }
        count(CommandType.UNLINK, keys);
    }

    private byte[] key(OwnKey each) {
        return connection.target().ownKey(pipeline, each);
    }

    private long count(CommandType command, CommandArgs<byte[], byte[]> keys) throws TargetAwayException {
        return connection.ask(Link.command(command, new IntegerOutput<>(ByteArrayCodec.INSTANCE), keys));
    }
}
